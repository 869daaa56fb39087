namespace TinyNas.Search;

/// <summary>
/// Asynchronous successive halving (Li et al. 2020): whatever is in the best third of its rung, as far as that is known, goes on to the next; where
/// nothing does, another configuration begins at the bottom. No worker ever waits for a rung to be complete.
/// </summary>
internal sealed class AshaStrategy : ISearchStrategy
{
    internal const int DefaultTrials = 60;

    private readonly FidelityLadder ladder;
    private readonly FeasibleProposals proposals;
    private readonly List<TrialResult>[] told;
    private readonly HashSet<Configuration>[] promoted;
    private readonly Incumbent incumbent;
    private bool isExhausted;
    private int open;

    public AshaStrategy(StrategyContext context)
    {
        ladder = context.Ladder;
        proposals = new FeasibleProposals(context);
        told = [.. ladder.Rungs.Select(_ => new List<TrialResult>())];
        promoted = [.. ladder.Rungs.Select(_ => new HashSet<Configuration>())];
        incumbent = new Incumbent(ladder);
    }

    public string Name => "asha";

    public bool IsFinished => isExhausted && open == 0 && Promotion() is null;

    public TrialResult? Best => incumbent.Best;

    public Proposal? Ask()
    {
        Proposal? next = Promote() ?? Begin();
        if (next is not null) open++;
        return next;
    }

    public void Tell(TrialResult result)
    {
        open--;
        incumbent.Tell(result);
        told[ladder.IndexOf(result.Proposal)].Add(result);
    }

    private Proposal? Begin()
    {
        if (isExhausted) return null;
        Configuration? next = proposals.Take();
        isExhausted = next is null;
        return next is null ? null : new Proposal(next, ladder.Rungs[0]);
    }

    private Proposal? Promote()
    {
        if (Promotion() is not { } next) return null;
        promoted[next.Rung].Add(next.Configuration);
        return new Proposal(next.Configuration, ladder.Rungs[next.Rung + 1]);
    }

    /// <summary>From the highest rung that has one.</summary>
    private (int Rung, Configuration Configuration)? Promotion()
    {
        for (int rung = ladder.Top - 1; rung >= 0; rung--)
            foreach (TrialResult result in Ranking.Order(told[rung]).Take(told[rung].Count / FidelityLadder.Factor))
                if (!promoted[rung].Contains(result.Configuration)) return (rung, result.Configuration);
        return null;
    }
}
