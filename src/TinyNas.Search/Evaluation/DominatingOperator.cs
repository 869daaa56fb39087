using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// The operator that needs most of a figure: the one at whose step most activation bytes are alive (RAM), with the largest constants
/// (flash), or with the most multiply-accumulates.
/// </summary>
internal static class DominatingOperator
{
    public static string Of(Graph graph, ExecutionPlan plan, Constraint constraint)
    {
        int step = constraint.Terms.Contains(Scalars.Macs) ? Largest(plan, s => plan.Steps[s].Operators.Sum(o => Macs(graph, graph.Operators[o])))
            : constraint.Terms.Any(t => t is Scalars.Flash or Scalars.FlashTflm or Scalars.Constants) ? Largest(plan, s => Constants(graph, plan.Steps[s]))
            : Largest(plan, s => Alive(plan, s));
        return string.Join(" + ", plan.Steps[step].Operators.Select(o => $"{graph.Operators[o].Code} '{graph.Tensors[graph.Operators[o].Outputs[0]].Name}'"));
    }

    private static int Largest(ExecutionPlan plan, Func<int, long> need) => Enumerable.Range(0, plan.Steps.Length).MaxBy(need);

    private static long Alive(ExecutionPlan plan, int step) =>
        plan.Tensors.Where(t => t.First <= step && step <= t.Last).Sum(t => (long)t.Bytes) + plan.Steps[step].ScratchBytes;

    private static long Constants(Graph graph, PlannedStep step) => step.Operators
        .SelectMany(o => graph.Operators[o].Inputs).Where(i => i >= 0).Sum(i => (long)graph.Tensors[i].Data.Length);

    /// <summary>Elements of the kernel times the places it is laid on; 0 for operators without one.</summary>
    private static long Macs(Graph graph, Operator o)
    {
        if (o.Code is not (OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D or OperatorCode.FullyConnected)) return 0;
        Tensor output = graph.Tensors[o.Outputs[0]];
        return (long)graph.Tensors[o.Inputs[1]].Count * (output.Count / output.Shape[^1]);
    }
}
