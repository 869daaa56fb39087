using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Names the operator that needs the most of a resource, for messages: <c>CONV_2D ('conv1')</c>.</summary>
public static class Dominating
{
    public static string OfMacs(Graph graph) => Most(graph, o => MacCounter.Of(graph, o));

    public static string OfFlash(Graph graph) => Most(graph, o => o.Inputs.Where(i => i >= 0 && graph.Tensors[i].IsConstant).Sum(i => (long)graph.Tensors[i].Bytes));

    /// <summary>The first operator of the step at which the most bytes are alive.</summary>
    public static string OfRam(Graph graph, ExecutionPlan plan) =>
        plan.Steps.IsEmpty ? "nothing" : Name(graph, graph.Operators[plan.Steps[WorstStep(plan)].Operators[0]]);

    /// <summary>The first step at which the most bytes of the arena are alive.</summary>
    public static int WorstStep(ExecutionPlan plan) =>
        plan.Steps.Select((_, t) => t).MaxBy(t => Alive(plan, t));

    /// <summary>Bytes of the arena that hold something: tensors may lie over each other.</summary>
    private static int Alive(ExecutionPlan plan, int step)
    {
        int alive = plan.Steps[step].ScratchBytes, end = 0;
        foreach (PlannedTensor p in plan.Tensors.Where(p => p.First <= step && step <= p.Last).OrderBy(p => p.Offset))
        {
            alive += Math.Max(0, p.Offset + p.Bytes - Math.Max(end, p.Offset));
            end = Math.Max(end, p.Offset + p.Bytes);
        }
        return alive;
    }

    private static string Most(Graph graph, Func<Operator, long> need) =>
        graph.Operators.IsEmpty ? "nothing" : Name(graph, graph.Operators.MaxBy(need)!);

    private static string Name(Graph graph, Operator op) => $"{op.Code.Name()} ('{TensorName.Short(graph.Tensors[op.Outputs[0]].Name)}')";
}
