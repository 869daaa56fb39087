namespace TinyNas.Search;

/// <summary>
/// The derivative-free search of ColabNAS (Garavagno et al. 2024): the rows of k = 4 and k = 8, each grown in cells while the score
/// improves, decide the direction. Upwards k doubles while a row beats the one before by more than 0.005 (the first time: at all);
/// downwards it halves while a row is at least as good as the one before, so of equals the smaller wins.
/// <para>
/// Scores are compared after rounding to 3 decimals. A row in which nothing fits counts as the published score of what is infeasible, so with a
/// small budget the search goes down. Results that are not told yet are guessed to lead upwards (see <see cref="OccamRows"/>).
/// </para>
/// </summary>
public sealed class ColabNasStrategy(StrategyContext context) : ISearchStrategy
{
    private const int FirstFilters = 4;
    private const double LeastGain = 0.005;

    private readonly OccamRows rows = new(context, patience: 0);

    public string Name => "colabnas";

    public bool IsFinished => Replay() is { Missing: null, Guessed: false };

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        Configuration? next = Replay().Missing;
        if (next is not null) rows.Ask(next);
        return next;
    }

    public void Tell(TrialResult result)
    {
        rows.Tell(result);
        if (OccamRows.Improves(result, Best) || (Best is not null && OccamRows.Rounded(result) == OccamRows.Rounded(Best) && IsSmaller(result, Best))) Best = result;
    }

    /// <summary>The result that the loop needs next, if any, and whether it had to guess to get there.</summary>
    private (Configuration? Missing, bool Guessed) Replay()
    {
        bool guessed = false;
        OccamRows.Standing first = rows.Row(FirstFilters, out Configuration? missing, ref guessed);
        if (missing is not null) return (missing, guessed);

        OccamRows.Standing last = first;
        bool up = false;
        for (int k = 2 * FirstFilters; ; k *= 2, up = true)
        {
            OccamRows.Standing row = rows.Row(k, out missing, ref guessed);
            if (missing is not null) return (missing, guessed);
            // A guess leads on only where there is something to guess about: a row that cannot be begun ends the way up.
            if (!row.IsBegun || !(row.IsGuess || Gain(row, last) > (up ? LeastGain : 0))) break;
            last = row;
        }
        if (up) return (null, guessed);

        last = first;
        for (int k = FirstFilters / 2; k >= 1; k /= 2)
        {
            OccamRows.Standing row = rows.Row(k, out missing, ref guessed);
            if (missing is not null) return (missing, guessed);
            if (!row.IsGuess && Gain(row, last) < 0) break;
            last = row;
        }
        return (null, guessed);
    }

    /// <summary>Of scores with 3 decimals, rounded again: 0.745 - 0.74 is not above 0.005.</summary>
    private static double Gain(OccamRows.Standing row, OccamRows.Standing before) => Math.Round(OccamRows.Rounded(row.Leader) - OccamRows.Rounded(before.Leader), 3);

    private static bool IsSmaller(TrialResult result, TrialResult leader) =>
        (result.Configuration["k"], result.Configuration["c"]).CompareTo((leader.Configuration["k"], leader.Configuration["c"])) < 0;
}
