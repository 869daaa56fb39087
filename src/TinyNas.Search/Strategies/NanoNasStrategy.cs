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
/// One departure: a row begins at the first depth that fits. In the published resource model that is always 0; with a pool fused
/// into the convolution before it, one cell can need less RAM than none.
/// </para>
/// </summary>
public sealed class NanoNasStrategy(StrategyContext context) : ISearchStrategy
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

    private Path Replay()
    {
        var path = new Path();
        for (int k = 1; ; k++)
        {
            var row = new Standing();
            for (int c = FirstCells(k); ; c++)
            {
                Configuration configuration = NanoNasSpace.At(k, c);
                if (!asked.TryGetValue(configuration, out TrialResult? result))
                    return path with { Missing = configuration, Best = path.BestWith(row) };
                if (result is null && context.Fits(configuration))
                {
                    path = path with { Guessed = true, Best = path.BestWith(row) };
                    row = row with { IsGuess = true };
                }
                else if (row.IsImprovedBy(result)) row = row with { Leader = result };
                else break;
            }
            if (!row.IsGuess && !path.Row.IsImprovedBy(row.Leader)) return path with { Best = path.BestWith(row) };
            path = path with { Row = row };
        }
    }

    /// <summary>0 where no depth fits, so that the loop asks, sees and stops.</summary>
    private int FirstCells(int k)
    {
        for (int c = 0; c < NanoNasSpace.CellLimit; c++)
            if (context.Fits(NanoNasSpace.At(k, c))) return c;
        return 0;
    }

    /// <summary>How far the loop gets: the result it misses, the leader among what it has seen for certain, and whether it had to guess.</summary>
    private readonly record struct Path(Standing Row, Configuration? Missing, bool Guessed, TrialResult? Best)
    {
        /// <summary>Until the loop first guesses, its best row or the row in progress; after that, what it was before the guess.</summary>
        public TrialResult? BestWith(Standing row) => Guessed ? Best : Row.IsImprovedBy(row.Leader) ? row.Leader : Row.Leader;
    }

    /// <summary>The best of a row, which may rest on a guess.</summary>
    private readonly record struct Standing(TrialResult? Leader, bool IsGuess)
    {
        public bool IsImprovedBy(TrialResult? result) => result is { Outcome: TrialOutcome.Completed }
            && (Leader is null || Math.Round(result.Score, 3) > Math.Round(Leader.Score, 3));
    }
}
