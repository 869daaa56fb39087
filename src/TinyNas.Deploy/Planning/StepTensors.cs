using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Which tensors a step reads and writes; what passes between its own operators counts as neither.</summary>
internal static class StepTensors
{
    /// <summary>Constants and absent inputs (-1) too.</summary>
    public static ImmutableArray<int> Inputs(Graph graph, PlannedStep step)
    {
        if (!step.Parts.IsEmpty)
        {
            var inside = step.Parts.Select(p => Output(graph, p)).ToHashSet();
            return [.. step.Parts.SelectMany(p => Inputs(graph, p)).Where(i => !inside.Contains(i)).Distinct()];
        }
        ImmutableArray<int> inputs = graph.Operators[step.Operators[0]].Inputs;
        if (step.Pad >= 0) inputs = inputs.SetItem(0, graph.Operators[step.Pad].Inputs[0]);
        var written = step.Operators.Select(o => graph.Operators[o].Outputs[0]).ToHashSet();
        return [.. inputs, .. step.Operators.Skip(1).SelectMany(o => graph.Operators[o].Inputs).Where(i => !written.Contains(i))];
    }

    /// <summary>The activations among them.</summary>
    public static IEnumerable<int> Activations(Graph graph, PlannedStep step) =>
        Inputs(graph, step).Where(i => i >= 0 && !graph.Tensors[i].IsConstant).Distinct();

    public static int Output(Graph graph, PlannedStep step) => graph.Operators[step.Operators[^1]].Outputs[0];
}
