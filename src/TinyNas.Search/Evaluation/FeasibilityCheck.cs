using System.Collections.Concurrent;
using System.Collections.Immutable;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// Tests configurations against everything that is exact before training: structure, MACs, planned RAM, flash. The graph with
/// zero weights has the sizes of the trained one. Answers are kept; safe to call from several threads.
/// </summary>
public sealed class FeasibilityCheck(
    ISearchSpace space, Shape input, int outputs, Budget budget, ImmutableArray<Constraint> constraints, string core)
{
    private readonly ConcurrentDictionary<Configuration, Feasibility> known = [];

    public bool Fits(Configuration configuration) => Check(configuration).Holds;

    public Feasibility Check(Configuration configuration) => known.GetOrAdd(configuration, Compute);

    /// <summary>Raises the diagnostic of a budget that even the smallest configuration exceeds.</summary>
    /// <exception cref="TinyNasException">TNAS0201.</exception>
    public void RequireSmallest()
    {
        Feasibility smallest = Check(space.Smallest);
        if (smallest.Network is null)
            throw new InvalidOperationException($"The space '{space.Name}' has no network for {input}.");
        if (smallest.Violation is not { } violation) return;
        string need = FormattableString.Invariant($"{violation.Need:R}"), limit = FormattableString.Invariant($"{violation.Constraint.Limit:R}");
        throw new TinyNasException(DiagnosticCatalogue.NothingFits, space.Name, need, violation.Constraint.Name, limit, violation.Dominating)
        { Setting = violation.Constraint.Setting };
    }

    private Feasibility Compute(Configuration configuration)
    {
        if (space.Build(configuration, input, outputs) is not { } network) return new Feasibility(null, TrialResult.NoScalars, null);
        Graph graph = Lowering.Skeleton(network);
        ExecutionPlan plan = Planner.Plan(graph, budget);
        ImmutableSortedDictionary<string, double> figures = Figures(ResourceEstimator.Estimate(graph, plan, core));
        Constraint? broken = constraints.FirstOrDefault(c => c.IsKnown(figures) && !c.Holds(figures));
        return new Feasibility(network, figures, broken is null ? null
            : new Violation(broken, broken.Value(figures), DominatingOperator.Of(graph, plan, broken)));
    }

    private static ImmutableSortedDictionary<string, double> Figures(ResourceEstimate estimate) => TrialResult.NoScalars.AddRange(
    [
        new(Scalars.Macs, estimate.Macs), new(Scalars.Constants, estimate.ConstantBytes),
        new(Scalars.Ram, estimate.RamC), new(Scalars.RamStack, estimate.RamCStack), new(Scalars.RamTflm, estimate.RamTflm),
        new(Scalars.Flash, estimate.FlashC), new(Scalars.FlashTflm, estimate.FlashTflm),
    ]);
}
