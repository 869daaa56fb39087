namespace TinyNas.Search;

/// <summary>
/// The Occam loop of NanoNAS (Garavagno et al. 2024): for k = 1, 2, … add cells while the score improves, and add filters
/// while the best of the row does. Improvement is strict, after rounding to 3 decimals; what is infeasible or failed never improves.
/// <para>
/// The loop is sequential. It is replayed here over the results told so far until it needs one that is missing, so the winner
/// is the sequential loop's whatever the number of open proposals. Results asked for and not told yet are taken to
/// improve, which keeps several workers busy at the price of some networks that the sequential loop would not train.
/// </para>
/// <para>
/// Two departures, the second only on request. A row begins at the first depth that fits: in the published resource model that is
/// always 0, but with a pool fused into the convolution before it one cell can need less RAM than none. And with
/// <paramref name="patience"/> above 0 a row, and the loop over rows, ends only after that many results without improvement besides
/// the last: short trainings are noisy, the smallest networks often stay at chance, and the published loop then ends at once.
/// </para>
/// </summary>
public sealed class NanoNasStrategy(StrategyContext context, int patience = 0) : ISearchStrategy
{
    /// <summary>Every configuration asked for, with its result once told.</summary>
    private readonly Dictionary<Configuration, TrialResult?> asked = [];

    public string Name => "nanonas";

    public bool IsFinished => Replay() is { Missing: null, Guessed: false };

    public TrialResult? Best => Replay().Best;

    public Configuration? Ask()
    {
        Configuration? next = Replay().Missing;
        if (next is not null) asked.Add(next, null);
        return next;
    }

    public void Tell(TrialResult result) => asked[result.Configuration] = result;

    private Position Replay()
    {
        var at = new Position();
        for (int k = 1; at.Rows.Failures <= patience; k++)
        {
            var row = new Standing();
            bool fits = true;
            for (int c = FirstCells(k); fits && row.Failures <= patience; c++)
            {
                Configuration configuration = NanoNasSpace.At(k, c);
                if (!asked.TryGetValue(configuration, out TrialResult? result))
                    return at with { Missing = configuration, Best = at.BestWith(row) };
                fits = result is null ? context.Fits(configuration) : result.Outcome != TrialOutcome.Infeasible;
                if (!fits) break;
                if (result is null) at = at with { Guessed = true, Best = at.BestWith(row) };
                row = row.After(result, isGuess: result is null);
            }
            if (!row.IsBegun) break;
            at = at with { Rows = at.Rows.After(row.Leader, row.IsGuess) };
        }
        return at with { Best = at.BestWith(default) };
    }

    /// <summary>0 where no depth fits, so that the loop asks, sees and stops.</summary>
    private int FirstCells(int k)
    {
        for (int c = 0; c < NanoNasSpace.CellLimit; c++)
            if (context.Fits(NanoNasSpace.At(k, c))) return c;
        return 0;
    }

    /// <summary>How far the loop gets: the result it misses, how its rows stand, the best of what it has seen for certain, and whether it had to guess.</summary>
    private readonly record struct Position(Standing Rows, Configuration? Missing, bool Guessed, TrialResult? Best)
    {
        /// <summary>Until the loop first guesses, the best of its rows or of the row in progress; after that, what it was before the guess.</summary>
        public TrialResult? BestWith(Standing row) => Guessed ? Best : Rows.IsImprovedBy(row.Leader) ? row.Leader : Rows.Leader;
    }

    /// <summary>The best of a sequence of results, and how many since then did not improve on it. A result that is not told yet is guessed to improve.</summary>
    private readonly record struct Standing(TrialResult? Leader, bool IsGuess, int Failures, bool IsBegun)
    {
        public Standing After(TrialResult? result, bool isGuess) =>
            isGuess ? new Standing(Leader, true, 0, true)
            : IsImprovedBy(result) ? new Standing(result, IsGuess, 0, true)
            : new Standing(Leader, IsGuess, Failures + 1, true);

        public bool IsImprovedBy(TrialResult? result) => result is { Outcome: TrialOutcome.Completed }
            && (Leader is null || Math.Round(result.Score, 3) > Math.Round(Leader.Score, 3));
    }
}
