namespace TinyNas.Search;

/// <summary>
/// The Occam loop of NanoNAS (Garavagno et al. 2024): for k = 1, 2, … add cells while the score improves, and add filters
/// while the best of the row does. The winner is the best of all that were trained, those trained ahead of the sequential loop included
/// (see <see cref="OccamRows"/>): in the published runs that is the sequential loop's own.
/// <para>
/// Two departures, the second only on request. A row begins at the first depth that fits: in the published resource model that is
/// always 0, but with a pool fused into the convolution before it one cell can need less RAM than none. And with
/// <paramref name="patience"/> above 0 a row, and the loop over rows, ends only after that many results without improvement besides
/// the last: short trainings are noisy, the smallest networks often stay at chance, and the published loop then ends at once.
/// </para>
/// </summary>
public sealed class NanoNasStrategy(StrategyContext context, int patience = 0) : ISearchStrategy
{
    private readonly OccamRows rows = new(context, patience);

    public string Name => "nanonas";

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
        if (OccamRows.Improves(result, Best)) Best = result;
    }

    /// <summary>The result that the loop needs next, if any, and whether it had to guess to get there.</summary>
    private (Configuration? Missing, bool Guessed) Replay()
    {
        bool guessed = false;
        var standing = new OccamRows.Standing();
        for (int k = 1; standing.Failures <= patience; k++)
        {
            OccamRows.Standing row = rows.Row(k, out Configuration? missing, ref guessed);
            if (missing is not null) return (missing, guessed);
            if (!row.IsBegun) break;
            standing = standing.After(row.Leader, row.IsGuess);
        }
        return (null, guessed);
    }
}
