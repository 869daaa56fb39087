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
        plan.Steps.Select((_, t) => t).MaxBy(t => plan.Tensors.Where(p => p.First <= t && t <= p.Last).GroupBy(p => p.Offset).Sum(g => (long)g.Max(p => p.Bytes)));

    private static string Most(Graph graph, Func<Operator, long> need) =>
        graph.Operators.IsEmpty ? "nothing" : Name(graph, graph.Operators.MaxBy(need)!);

    private static string Name(Graph graph, Operator op) => $"{op.Code.Name()} ('{graph.Tensors[op.Outputs[0]].Name}')";
}
