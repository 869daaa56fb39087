using System.Collections.Immutable;

namespace TinyNas.Search;

/// <summary>A strategy run against a table: what it would have done, without training anything.</summary>
/// <param name="Best">The winner, or null.</param>
/// <param name="Visited">Every proposal in order, infeasible ones included.</param>
public sealed record Replay(TrialResult? Best, ImmutableArray<TrialResult> Visited)
{
    /// <summary>Networks that would have been trained; infeasible ones never are.</summary>
    public int Evaluations => Visited.Where(r => r.Outcome != TrialOutcome.Infeasible).DistinctBy(r => r.Configuration).Count();

    /// <summary>One proposal at a time: the strategy's own order, with no guessing ahead. <paramref name="trials"/> bounds the networks trained.</summary>
    public static async Task<Replay> RunAsync(
        ResultTable table, string strategy, ulong seed, int? trials, CancellationToken cancellation)
    {
        var context = new StrategyContext(table.Space, table.Fits, seed) { Ladder = table.Ladder };
        StrategyEntry entry = StrategyRegistry.Find(strategy);
        var driver = new SearchDriver(entry.Create(context), table, new ImmediateExecutor(), openTrials: 1) { Trials = trials ?? entry.Trials, FullEpochs = table.Epochs };
        SearchRecord record = await driver.RunAsync(cancellation).ConfigureAwait(false);
        return new Replay(record.Best, record.Results);
    }
}
