namespace TinyNas.Search;

/// <summary>Order among results of the same length: by score; of equal scores, of which few samples give many, by the mean training loss.</summary>
internal static class Ranking
{
    /// <summary>Completed results, best first; of equals the earlier.</summary>
    public static IEnumerable<TrialResult> Order(IEnumerable<TrialResult> results) => results
        .Where(r => r.Outcome == TrialOutcome.Completed)
        .OrderByDescending(r => r.Score)
        .ThenBy(r => r.Scalars.GetValueOrDefault(Scalars.MeanLoss));
}
