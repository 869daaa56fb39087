using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Where BOHB (Falkner et al. 2018) gets its configurations: one third at random; else of 64 drawn near good ones the one whose density
/// among the good, over that among the bad, is largest. Good are the best 15 % of the longest rung that has enough results; failed
/// trials, and those that turned out infeasible, are bad. What does not fit is never drawn.
/// </summary>
internal sealed class DensityProposals(StrategyContext context) : IProposalSource
{
    private const double RandomShare = 1 / 3.0, GoodShare = 0.15, Widening = 3;
    private const int Draws = 64;

    private readonly FeasibleProposals proposals = new(context);
    private readonly Dictionary<int, List<TrialResult>> told = [];
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("density proposals"));

    /// <summary>Points that a density needs: one more than it has dimensions.</summary>
    private int Fewest => context.Space.Parameters.All.Length + 1;

    public Configuration? Take() => (random.NextDouble() < RandomShare ? null : Promising()) ?? proposals.Take();

    public void Tell(TrialResult result)
    {
        int rung = context.Ladder.IndexOf(result.Proposal);
        if (!told.TryGetValue(rung, out List<TrialResult>? results)) told.Add(rung, results = []);
        results.Add(result);
    }

    private Configuration? Promising()
    {
        List<TrialResult>? results = told.Where(t => t.Value.Count >= Fewest + 2).OrderByDescending(t => t.Key).FirstOrDefault().Value;
        if (results is null) return null;
        ImmutableArray<Configuration> sorted =
            [.. Ranking.Order(results).Concat(results.Where(r => r.Outcome != TrialOutcome.Completed)).Select(r => r.Configuration)];
        int good = Math.Max(Fewest, (int)(GoodShare * sorted.Length));
        var likely = new KernelDensity(context.Space.Parameters, sorted[..good]);
        var unlikely = new KernelDensity(context.Space.Parameters, sorted[good..]);
        var drawn = new (Configuration Configuration, double Ratio)[Draws];
        for (int i = 0; i < Draws; i++)
        {
            Configuration candidate = likely.Sample(Widening, ref random);
            drawn[i] = (candidate, Math.Max(likely.At(candidate), double.Epsilon) / Math.Max(unlikely.At(candidate), double.Epsilon));
        }
        return drawn.OrderByDescending(d => d.Ratio).Select(d => d.Configuration).FirstOrDefault(proposals.TryTake);
    }
}
