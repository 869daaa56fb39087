namespace TinyNas.Search;

/// <summary>The best of the results that were trained longest; of equals the earlier.</summary>
internal sealed class Incumbent(FidelityLadder ladder)
{
    public TrialResult? Best { get; private set; }

    public void Tell(TrialResult result)
    {
        if (result.Outcome != TrialOutcome.Completed) return;
        int rung = ladder.IndexOf(result.Proposal), best = Best is null ? -1 : ladder.IndexOf(Best.Proposal);
        if (rung > best || (rung == best && result.Score > Best!.Score)) Best = result;
    }
}
