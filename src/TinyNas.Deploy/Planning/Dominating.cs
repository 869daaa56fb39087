using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Names the operator that needs the most of a resource, for messages: <c>CONV_2D ('conv1')</c>.</summary>
public static class Dominating
{
    public static string OfMacs(Graph graph) => Most(graph, o => MacCounter.Of(graph, o));

    public static string OfFlash(Graph graph) => Most(graph, o => o.Inputs.Where(i => i >= 0 && graph.Tensors[i].IsConstant).Sum(i => (long)graph.Tensors[i].Bytes));

    /// <summary>The first operator of the step at which the most bytes are alive.</summary>
    public static string OfRam(Graph graph, ExecutionPlan plan)
    {
        int worst = 0;
        long most = -1;
        for (int t = 0; t < plan.Steps.Length; t++)
        {
            long alive = plan.Tensors.Where(p => p.First <= t && t <= p.Last).GroupBy(p => p.Offset).Sum(g => (long)g.Max(p => p.Bytes));
            if (alive > most) (most, worst) = (alive, t);
        }
        return plan.Steps.IsEmpty ? "nothing" : Name(graph, graph.Operators[plan.Steps[worst].Operators[0]]);
    }

    private static string Most(Graph graph, Func<Operator, long> need) =>
        graph.Operators.IsEmpty ? "nothing" : Name(graph, graph.Operators.MaxBy(need)!);

    private static string Name(Graph graph, Operator op) => $"{op.Code.Name()} ('{graph.Tensors[op.Outputs[0]].Name}')";
}
