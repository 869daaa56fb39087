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

    /// <summary>Raises the diagnostic of a budget that nothing fits, naming the network that comes nearest.</summary>
    /// <exception cref="TinyNasException">TNAS0201.</exception>
    public void RequireAny()
    {
        Feasibility[] frugal = [.. space.Frugal.Select(Check).Where(f => f.Network is not null)];
        if (frugal.Any(f => f.Holds)) return;
        Violation violation = frugal.Select(f => f.Violation!).MinBy(v => v.Constraint.Excess(v.Need))
            ?? throw new InvalidOperationException($"The space '{space.Name}' has no network for {input}.");
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
        Constraint? broken = constraints.Where(c => c.IsKnown(figures) && !c.Holds(figures)).MaxBy(c => c.Excess(c.Value(figures)));
        return new Feasibility(network, figures, broken is null ? null
            : new Violation(broken, broken.Value(figures), Dominates(graph, plan, broken)));
    }

    private static string Dominates(Graph graph, ExecutionPlan plan, Constraint broken) =>
        broken.Terms.Contains(Scalars.Macs) ? Dominating.OfMacs(graph)
        : broken.Terms.Any(t => t is Scalars.Flash or Scalars.FlashTflm or Scalars.Constants) ? Dominating.OfFlash(graph)
        : Dominating.OfRam(graph, plan);

    private static ImmutableSortedDictionary<string, double> Figures(ResourceEstimate estimate) => TrialResult.NoScalars.AddRange(
    [
        new(Scalars.Macs, estimate.Macs), new(Scalars.Constants, estimate.ConstantBytes),
        new(Scalars.Ram, estimate.RamC), new(Scalars.RamStack, estimate.RamCStack), new(Scalars.RamTflm, estimate.RamTflm),
        new(Scalars.Flash, estimate.FlashC), new(Scalars.FlashTflm, estimate.FlashTflm),
    ]);
}
