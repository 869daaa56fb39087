using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Short trainings, since at this scale a tenth of a training ranks networks better than anything that needs none. In turn: successive
/// halving over configurations of all sizes (<see cref="BudgetPool"/>); as long as that helps, halving over what is one step from the best;
/// another seed for the finalists, which also tells how much of a score is chance; smaller networks that are as good
/// (<see cref="OccamDescent"/>), of which the smallest wins.
/// </summary>
public sealed class HalvingStrategy(StrategyContext context) : ISearchStrategy
{
    /// <summary>Whose neighbours are tried, and how many of those a round begins with.</summary>
    private const int Parents = 3, Children = 9;

    /// <summary>Networks that get another seed.</summary>
    private const int Finalists = 3;

    private const int MostRounds = 4;

    private readonly HashSet<Configuration> taken = [];
    private readonly List<TrialResult> told = [];
    private readonly Dictionary<Configuration, double> full = [], means = [];
    private readonly List<double> differences = [];
    private readonly Incumbent incumbent = new(context.Ladder);
    private readonly OccamDescent descent = new(context);
    private readonly Queue<Proposal> repeats = [];
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("halving"));
    private HalvingBracket? bracket;
    private TrialResult? before;
    private Stage stage;
    private int round, open;

    private enum Stage
    {
        Halving, Repeats, Descent, Done,
    }

    public string Name => "halving";

    public bool IsFinished => stage == Stage.Done;

    public TrialResult? Best => stage < Stage.Descent ? incumbent.Best : Winner();

    public Proposal? Ask()
    {
        Proposal? next = Next();
        if (next is not null) open++;
        return next;
    }

    public void Tell(TrialResult result)
    {
        open--;
        told.Add(result);
        bool isFull = result.Proposal.Fidelity == Fidelity.Full && result.Outcome == TrialOutcome.Completed;
        if (result.Proposal.Replicate == 0)
        {
            incumbent.Tell(result);
            bracket?.Tell(result);
            if (isFull) full[result.Configuration] = result.Score;
            if (stage == Stage.Descent && descent.IsPromising(result, means)) repeats.Enqueue(Again(result.Configuration));
        }
        else
        {
            if (isFull)
            {
                differences.Add(full[result.Configuration] - result.Score);
                means[result.Configuration] = (full[result.Configuration] + result.Score) / 2;
                // The difference of two trainings has twice the variance of one, the mean half.
                descent.Deviation = Math.Sqrt(differences.Sum(d => d * d) / (4 * differences.Count));
            }
            if (stage == Stage.Descent && !result.Configuration.Equals(descent.Choose(means))) descent.Reject();
        }
        if (open > 0 || repeats.Count > 0) return;
        if (stage == Stage.Repeats) stage = means.Count == 0 ? Stage.Done : Stage.Descent;
        if (stage == Stage.Descent && descent.Next(means, full, told) is null) stage = Stage.Done;
    }

    private Proposal? Next()
    {
        while (stage == Stage.Halving)
        {
            if (bracket?.Ask() is { } next) return next;
            if (bracket is { IsFinished: false }) return null;
            Advance();
        }
        if (repeats.TryDequeue(out Proposal? repeat)) return repeat;
        return stage == Stage.Descent && open == 0 ? descent.Next(means, full, told) : null;
    }

    private void Advance()
    {
        if (bracket is null)
        {
            var pool = new BudgetPool(context);
            bracket = new HalvingBracket(context.Ladder, 0, FirstCount(context.Ladder), () => pool.Take() is { } next && taken.Add(next) ? next : null);
            return;
        }
        bool improved = incumbent.Best is not null && incumbent.Best != before;
        before = incumbent.Best;
        var children = new Queue<Configuration>(improved && round++ < MostRounds ? Steps() : []);
        if (children.Count == 0) Repeat();
        else bracket = new HalvingBracket(context.Ladder, Math.Max(0, context.Ladder.Top - 1), children.Count, () => children.TryDequeue(out Configuration? child) ? child : null);
    }

    /// <summary>Three come to the top; without a ladder, where each costs a full training, nine begin.</summary>
    private static int FirstCount(FidelityLadder ladder)
    {
        int count = FidelityLadder.Factor;
        for (int i = 0; i < Math.Max(1, ladder.Top); i++) count *= FidelityLadder.Factor;
        return count;
    }

    private List<Configuration> Steps()
    {
        var steps = new List<Configuration>();
        foreach (Configuration parent in Leaders().Take(Parents).ToArray())
        {
            Configuration[] neighbours = [.. context.Space.Neighbours(parent).Where(n => !taken.Contains(n) && context.Fits(n))];
            random.Shuffle<Configuration>(neighbours);
            foreach (Configuration neighbour in neighbours)
                if (steps.Count < Children && taken.Add(neighbour)) steps.Add(neighbour);
        }
        return steps;
    }

    /// <summary>Best first, of equals the earlier.</summary>
    private IEnumerable<Configuration> Leaders() =>
        told.Where(r => r.Proposal.Replicate == 0 && full.ContainsKey(r.Configuration)).Select(r => r.Configuration).Distinct().OrderByDescending(c => full[c]);

    private void Repeat()
    {
        foreach (Configuration finalist in Leaders().Take(Finalists)) repeats.Enqueue(Again(finalist));
        stage = repeats.Count == 0 ? Stage.Done : Stage.Repeats;
    }

    private static Proposal Again(Configuration configuration) => new(configuration, Fidelity.Full, Replicate: 1);

    /// <summary>Of its trainings the better.</summary>
    private TrialResult? Winner()
    {
        if (descent.Choose(means) is not { } winner) return incumbent.Best;
        return told.Where(r => r.Configuration.Equals(winner) && r.Proposal.Fidelity == Fidelity.Full && r.Outcome == TrialOutcome.Completed).MaxBy(r => r.Score);
    }
}
