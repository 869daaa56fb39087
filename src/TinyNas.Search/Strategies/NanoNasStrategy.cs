namespace TinyNas.Search;

/// <summary>
/// The Occam loop of NanoNAS (Garavagno et al. 2024): for k = 1, 2, … add cells while the score improves, and add filters
/// while the best of the row does. Improvement is strict, after rounding to 3 decimals; what is infeasible or failed never improves.
/// <para>
/// The loop is sequential. It is replayed here over the results told so far until it needs one that is missing. Results asked
/// for and not told yet are taken to improve, which keeps several workers busy at the price of some networks that the
/// sequential loop would not train. The winner is the best of all that were trained, those included: in the published runs
/// that is the sequential loop's own.
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

    public TrialResult? Best { get; private set; }

    public Configuration? Ask()
    {
        Configuration? next = Replay().Missing;
        if (next is not null) asked.Add(next, null);
        return next;
    }

    public void Tell(TrialResult result)
    {
        asked[result.Configuration] = result;
        if (Improves(result, Best)) Best = result;
    }

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
                    return at with { Missing = configuration };
                fits = result is null ? context.Fits(configuration) : result.Outcome != TrialOutcome.Infeasible;
                if (!fits) break;
                if (result is null) at = at with { Guessed = true };
                row = row.After(result, isGuess: result is null);
            }
            if (!row.IsBegun) break;
            at = at with { Rows = at.Rows.After(row.Leader, row.IsGuess) };
        }
        return at;
    }

    /// <summary>0 where no depth fits, so that the loop asks, sees and stops.</summary>
    private int FirstCells(int k)
    {
        for (int c = 0; c < NanoNasSpace.CellLimit; c++)
            if (context.Fits(NanoNasSpace.At(k, c))) return c;
        return 0;
    }

    /// <summary>Strictly, after rounding to 3 decimals.</summary>
    private static bool Improves(TrialResult? result, TrialResult? leader) => result is { Outcome: TrialOutcome.Completed }
        && (leader is null || Math.Round(result.Score, 3) > Math.Round(leader.Score, 3));

    /// <summary>How far the loop gets: the result it misses, how its rows stand, and whether it had to guess.</summary>
    private readonly record struct Position(Standing Rows, Configuration? Missing, bool Guessed);

    /// <summary>The best of a sequence of results, and how many since then did not improve on it. A result that is not told yet is guessed to improve.</summary>
    private readonly record struct Standing(TrialResult? Leader, bool IsGuess, int Failures, bool IsBegun)
    {
        public Standing After(TrialResult? result, bool isGuess) =>
            isGuess ? new Standing(Leader, true, 0, true)
            : Improves(result, Leader) ? new Standing(result, IsGuess, 0, true)
            : new Standing(Leader, IsGuess, Failures + 1, true);
    }
}
