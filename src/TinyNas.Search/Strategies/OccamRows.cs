namespace TinyNas.Search;

/// <summary>
/// The inner loop that NanoNAS and ColabNAS share: for one k, cells are added while the score improves. Improvement is strict, after rounding
/// to 3 decimals; what is infeasible or failed never improves. A row ends after more results in sequence without
/// improvement than <paramref name="patience"/>, and begins at the first depth that fits.
/// <para>
/// Loops over rows are replayed over the results told so far until one is missing. Results asked for and not told yet are taken to
/// improve, which keeps several workers busy at the price of some networks that the sequential loop would not train.
/// </para>
/// </summary>
internal sealed class OccamRows(StrategyContext context, int patience)
{
    /// <summary>Every configuration asked for, with its result once told.</summary>
    private readonly Dictionary<Configuration, TrialResult?> asked = [];

    public void Ask(Configuration configuration) => asked.Add(configuration, null);

    public void Tell(TrialResult result) => asked[result.Configuration] = result;

    /// <summary>How the row of <paramref name="k"/> stands.</summary>
    /// <param name="missing">The result that it needs next; null where the row has ended.</param>
    /// <param name="guessed">Set where a result was guessed on the way.</param>
    public Standing Row(int k, out Configuration? missing, ref bool guessed)
    {
        missing = null;
        var row = new Standing();
        for (int c = FirstCells(k); row.Failures <= patience; c++)
        {
            Configuration configuration = NanoNasSpace.At(k, c);
            if (!asked.TryGetValue(configuration, out TrialResult? result))
            {
                missing = configuration;
                return row;
            }
            bool fits = result is null ? context.Fits(configuration) : result.IsTrained;
            if (!fits) break;
            guessed |= result is null;
            row = row.After(result, isGuess: result is null);
        }
        return row;
    }

    /// <summary>0 where no depth fits, so that the loop asks, sees and stops.</summary>
    private int FirstCells(int k)
    {
        for (int c = 0; c < NanoNasSpace.CellLimit; c++)
            if (context.Fits(NanoNasSpace.At(k, c))) return c;
        return 0;
    }

    /// <summary>The score as it is compared; NanoNAS's figure for a row in which nothing was trained.</summary>
    public static double Rounded(TrialResult? result) => result is { Outcome: TrialOutcome.Completed } ? Math.Round(result.Score, 3) : TrialResult.NoScore;

    /// <summary>Strictly, after rounding to 3 decimals.</summary>
    public static bool Improves(TrialResult? result, TrialResult? leader) => result is { Outcome: TrialOutcome.Completed }
        && (leader is null || Math.Round(result.Score, 3) > Math.Round(leader.Score, 3));

    /// <summary>The best of a sequence of results, and how many since then did not improve on it. A result that is not told yet is guessed to improve.</summary>
    public readonly record struct Standing(TrialResult? Leader, bool IsGuess, int Failures, bool IsBegun)
    {
        public Standing After(TrialResult? result, bool isGuess) =>
            isGuess ? new Standing(Leader, true, 0, true)
            : Improves(result, Leader) ? new Standing(result, IsGuess, 0, true)
            : new Standing(Leader, IsGuess, Failures + 1, true);
    }
}
