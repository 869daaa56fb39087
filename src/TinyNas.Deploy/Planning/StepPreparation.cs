using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The operators of a step as its kernel runs them.</summary>
internal static class StepPreparation
{
    /// <summary>Of a step that is no stage.</summary>
    /// <exception cref="TinyNasException">TNAS0302: no kernel for an operator, its types or options.</exception>
    public static ImmutableArray<PreparedOperator> Of(Graph graph, PlannedStep step)
    {
        if (step.IsTable) return [UnaryChains.Prepare(graph, step.Operators)];
        ImmutableArray<PreparedOperator> prepared = [.. step.Operators.Select(o => OperatorPreparation.Prepare(graph, graph.Operators[o]))];
        return step.Pad < 0 ? prepared : prepared.SetItem(0, PadFolding.Fold(graph, prepared[0], graph.Operators[step.Pad]));
    }
}
