namespace TinyNas.Search;

/// <summary>
/// Hyperband (Li et al. 2018): brackets of successive halving that begin on every rung of the ladder in turn, from many short trainings to few
/// full ones, s = s_max, …, 0 with n = ⌈(s_max + 1) / (s + 1) · η^s⌉ configurations each; then again. While a bracket waits for
/// results the next one begins.
/// </summary>
internal sealed class HyperbandStrategy(string name, StrategyContext context, IProposalSource source) : ISearchStrategy
{
    internal const int DefaultTrials = 60;

    private readonly List<HalvingBracket> brackets = [];
    private readonly Incumbent incumbent = new(context.Ladder);
    private int begun;
    private bool isExhausted;

    public string Name => name;

    public bool IsFinished => isExhausted && brackets.TrueForAll(b => b.IsFinished);

    public TrialResult? Best => incumbent.Best;

    public Proposal? Ask()
    {
        foreach (HalvingBracket bracket in brackets)
            if (bracket.Ask() is { } next) return next;
        brackets.RemoveAll(b => b.IsFinished);
        if (isExhausted) return null;
        HalvingBracket another = Begin(begun++);
        brackets.Add(another);
        return another.Ask();
    }

    public void Tell(TrialResult result)
    {
        incumbent.Tell(result);
        source.Tell(result);
        _ = brackets.Exists(b => b.Tell(result));
    }

    private HalvingBracket Begin(int number)
    {
        int top = context.Ladder.Top, s = top - number % (top + 1), count = 1;
        for (int i = 0; i < s; i++) count *= FidelityLadder.Factor;
        count = ((top + 1) * count + s) / (s + 1);
        return new HalvingBracket(context.Ladder, top - s, count, Draw);
    }

    private Configuration? Draw()
    {
        Configuration? next = source.Take();
        isExhausted |= next is null;
        return next;
    }
}
