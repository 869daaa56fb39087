namespace TinyNas.Search;

/// <summary>
/// Every configuration that fits, in lexicographic order of the space's parameters; continuous parameters at five values. The order depends on nothing but the
/// space, so a search that was interrupted goes on where it was.
/// </summary>
public sealed class GridStrategy(StrategyContext context) : ISearchStrategy
{
    private const int Resolution = 5;

    private readonly IEnumerator<Configuration> fitting = context.Space.Parameters.Enumerate(Resolution).Where(context.Fits).GetEnumerator();

    public string Name => "grid";

    public bool IsFinished { get; private set; }

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        IsFinished = IsFinished || !fitting.MoveNext();
        return IsFinished ? null : fitting.Current;
    }

    public void Tell(TrialResult result) => Best = result.BetterOf(Best);
}
