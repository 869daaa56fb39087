namespace TinyNas.Search;

/// <summary>
/// From the best network down to smaller ones that are as good as far as anyone can tell: within half a standard deviation of a score, by which held-out samples and
/// another seed change it. Short trainings
/// favour large networks, which learn faster; where the held-out samples cannot tell them apart any more, a smaller one costs less and, of few
/// data, generalises better. Each step goes to a fifth up to three fifths of the size, to the network there that did best when trained shortly.
/// </summary>
internal sealed class OccamDescent(StrategyContext context)
{
    private const double LeastShare = 0.2, MostShare = 0.6, Errors = 0.5;

    /// <summary>Networks that were not as good, after which it ends.</summary>
    private const int MostFailures = 3;

    private int failures;

    /// <summary>Of a mean score, by the seeds of its trainings.</summary>
    public double Deviation { get; set; }

    /// <summary>The next to train in full; null: it has ended.</summary>
    /// <param name="confirmed">Mean scores of what was trained with several seeds.</param>
    /// <param name="done">What was trained in full.</param>
    /// <param name="shorter">Everything that was trained shorter.</param>
    public Configuration? Next(IReadOnlyDictionary<Configuration, double> confirmed, IReadOnlyDictionary<Configuration, double> done, IEnumerable<TrialResult> shorter)
    {
        if (failures >= MostFailures || Choose(confirmed) is not { } current) return null;
        double size = Size(current);
        return shorter
            .Where(r => r.Outcome == TrialOutcome.Completed && !done.ContainsKey(r.Configuration) && Size(r.Configuration) / size is >= LeastShare and <= MostShare)
            .OrderByDescending(r => context.Ladder.IndexOf(r.Proposal)).ThenByDescending(r => r.Score)
            .FirstOrDefault()?.Configuration;
    }

    /// <summary>Whether a first score is so near the best mean that another seed is worth while; if not, or if <see cref="Reject"/> follows, that was a failure.</summary>
    public bool IsPromising(TrialResult result, IReadOnlyDictionary<Configuration, double> confirmed)
    {
        double best = confirmed.Values.Max();
        if (result.Outcome == TrialOutcome.Completed && result.Score >= best - Tolerance(best)) return true;
        failures++;
        return false;
    }

    public void Reject() => failures++;

    /// <summary>The smallest of those within the tolerance of the best, of equals the better; where sizes are not known, the best.</summary>
    public Configuration? Choose(IReadOnlyDictionary<Configuration, double> scores)
    {
        if (scores.Count == 0) return null;
        double best = scores.Values.Max(), least = best - Tolerance(best);
        return scores.Where(s => s.Value >= least).OrderBy(s => Size(s.Key)).ThenByDescending(s => s.Value)
            .ThenBy(s => s.Key.ToString(), StringComparer.Ordinal).First().Key;
    }

    /// <summary>A share of samples varies as a binomial; where none is wrong, as if one were.</summary>
    private double Tolerance(double score)
    {
        double samples = context.ScoredSamples;
        double variance = samples == 0 || score is < 0 or > 1 ? 0 : Math.Max(score * (1 - score), 1 / samples) / samples;
        return Errors * Math.Sqrt(variance + Deviation * Deviation);
    }

    private double Size(Configuration configuration) => context.Figures(configuration).GetValueOrDefault(Scalars.Constants);
}
