using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Short trainings, since at this scale a tenth of a training ranks networks better than anything that needs none: successive halving over
/// configurations that fill the budget (<see cref="BudgetPool"/>); then, as long as that helps, halving over what is one step from the best;
/// then another seed for the best few, of which the one with the best mean wins: one training's score is mostly noise where few samples are held out.
/// </summary>
public sealed class HalvingStrategy(StrategyContext context) : ISearchStrategy
{
    /// <summary>Whose neighbours are tried, and how many of those a round begins with.</summary>
    private const int Parents = 3, Children = 9;

    /// <summary>Networks that get another seed.</summary>
    private const int Finalists = 3;

    private const int MostRounds = 4;

    private readonly HashSet<Configuration> taken = [];
    private readonly Dictionary<Configuration, List<TrialResult>> full = [];
    private readonly Incumbent incumbent = new(context.Ladder);
    private readonly Queue<Proposal> repeats = [];
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("halving"));
    private BudgetPool? pool;
    private HalvingBracket? bracket;
    private TrialResult? before;
    private int round, repeating;
    private bool isRepeating;

    public string Name => "halving";

    public bool IsFinished { get; private set; }

    public TrialResult? Best => isRepeating ? BestOnAverage() : incumbent.Best;

    public Proposal? Ask()
    {
        while (!IsFinished && !isRepeating)
        {
            if (bracket?.Ask() is { } next) return next;
            if (bracket is { IsFinished: false }) return null;
            Advance();
        }
        if (!repeats.TryDequeue(out Proposal? repeat)) return null;
        repeating++;
        return repeat;
    }

    public void Tell(TrialResult result)
    {
        if (result.Proposal.Replicate == 0)
        {
            incumbent.Tell(result);
            bracket?.Tell(result);
        }
        else if (--repeating == 0 && repeats.Count == 0) IsFinished = true;
        if (result.Outcome == TrialOutcome.Completed && result.Proposal.Fidelity == Fidelity.Full)
        {
            if (!full.TryGetValue(result.Configuration, out List<TrialResult>? results)) full.Add(result.Configuration, results = []);
            results.Add(result);
        }
    }

    private void Advance()
    {
        if (bracket is null)
        {
            pool = new BudgetPool(context);
            bracket = new HalvingBracket(context.Ladder, 0, FirstCount(context.Ladder), () => Taken(pool.Take()));
            return;
        }
        bool improved = incumbent.Best is not null && incumbent.Best != before;
        before = incumbent.Best;
        var children = new Queue<Configuration>(improved && round++ < MostRounds ? Steps() : []);
        if (children.Count > 0)
            bracket = new HalvingBracket(context.Ladder, Math.Max(0, context.Ladder.Top - 1), children.Count, () => children.TryDequeue(out Configuration? child) ? child : null);
        else Repeat();
    }

    /// <summary>Three come to the top; without a ladder, where each costs a full training, nine begin.</summary>
    private static int FirstCount(FidelityLadder ladder)
    {
        int count = FidelityLadder.Factor;
        for (int i = 0; i < Math.Max(1, ladder.Top); i++) count *= FidelityLadder.Factor;
        return count;
    }

    private Configuration? Taken(Configuration? configuration)
    {
        if (configuration is not null) taken.Add(configuration);
        return configuration;
    }

    private List<Configuration> Steps()
    {
        Configuration[] parents = [.. Leaders().Take(Parents)];
        var steps = new List<Configuration>();
        foreach (Configuration parent in parents)
        {
            Configuration[] neighbours = [.. context.Space.Neighbours(parent).Where(n => !taken.Contains(n) && context.Fits(n))];
            random.Shuffle<Configuration>(neighbours);
            foreach (Configuration neighbour in neighbours)
                if (steps.Count < Children && taken.Add(neighbour)) steps.Add(neighbour);
        }
        return steps;
    }

    private IEnumerable<Configuration> Leaders() => Ranking.Order(full.Values.Select(r => r[0])).Select(r => r.Configuration);

    private void Repeat()
    {
        isRepeating = true;
        foreach (Configuration leader in Leaders().Take(Finalists)) repeats.Enqueue(new Proposal(leader, Fidelity.Full, Replicate: 1));
        IsFinished = repeats.Count == 0;
    }

    /// <summary>Of the winner the better of its trainings.</summary>
    private TrialResult? BestOnAverage()
    {
        List<TrialResult>? best = null;
        foreach (Configuration leader in Leaders().Take(Finalists))
            if (full[leader] is { Count: > 1 } results && (best is null || Mean(results) > Mean(best))) best = results;
        return best is null ? incumbent.Best : Ranking.Order(best).First();
    }

    private static double Mean(List<TrialResult> results) => results.Sum(r => r.Score) / results.Count;
}
