namespace TinyNas.Search;

/// <summary>
/// Random search (Bergstra and Bengio 2012) over what fits, without repetition: the baseline of every other strategy. After N networks the
/// best is among the best q of all with a probability of 1 - (1 - q)^N: 95 % for q = 5 % after 59.
/// </summary>
public sealed class RandomStrategy(StrategyContext context) : ISearchStrategy
{
    internal const int PublishedTrials = 59;

    private readonly FeasibleProposals proposals = new(context);

    public string Name => "random";

    public bool IsFinished { get; private set; }

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        Configuration? next = IsFinished ? null : proposals.Take();
        IsFinished = next is null;
        return next;
    }

    public void Tell(TrialResult result) => Best = result.BetterOf(Best);
}
