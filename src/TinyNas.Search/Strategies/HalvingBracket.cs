namespace TinyNas.Search;

/// <summary>
/// One bracket of successive halving (Jamieson and Talwalkar 2016): some configurations on a rung of the ladder, the best third of them on
/// the next, and so on to the top. A rung ends when all of it was told.
/// </summary>
internal sealed class HalvingBracket(FidelityLadder ladder, int rung, int count, Func<Configuration?> draw)
{
    private readonly List<TrialResult> told = [];
    private readonly HashSet<Proposal> open = [];
    private Queue<Configuration>? promoted;
    private int left = count, size = count, rung = rung;

    public bool IsFinished { get; private set; }

    /// <summary>The next trial; null where results are waited for, or nothing is left.</summary>
    public Proposal? Ask()
    {
        if (IsFinished) return null;
        Configuration? next = left == 0 ? null : promoted is null ? draw() : promoted.Dequeue();
        left = next is null ? 0 : left - 1;
        if (next is null)
        {
            Climb();
            return IsFinished || left == 0 ? null : Ask();
        }
        var proposal = new Proposal(next, ladder.Rungs[rung]);
        open.Add(proposal);
        return proposal;
    }

    /// <returns>Whether the result is of this bracket.</returns>
    public bool Tell(TrialResult result)
    {
        if (!open.Remove(result.Proposal)) return false;
        told.Add(result);
        if (left == 0) Climb();
        return true;
    }

    private void Climb()
    {
        if (open.Count > 0) return;
        size = Math.Max(1, size / FidelityLadder.Factor);
        promoted = new Queue<Configuration>(Ranking.Order(told).Take(size).Select(r => r.Configuration));
        told.Clear();
        left = promoted.Count;
        IsFinished = left == 0 || ++rung > ladder.Top;
    }
}
