using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Aging evolution (Real et al. 2019) as in μNAS (Liberis et al. 2021): a population of the latest networks; the best of a random sample of
/// it, under a scalarisation drawn anew for every child, gets a child one morphism away; the oldest dies.
/// <para>
/// Departures from μNAS. Limits are hard: what does not fit is not proposed, and nothing is proposed twice; a parent whose
/// neighbours are all taken passes the turn to a random network. The published population of 100 and sample of 25 are meant for
/// thousands of networks; by default here they are 24 and 6, for hundreds. The published bound of the error is a figure of each
/// data set; here it is the distance from the best to the median of the population, whatever the score's unit.
/// </para>
/// </summary>
public sealed class EvolutionStrategy(StrategyContext context, int population = 24, int sample = 6) : ISearchStrategy
{
    internal const int DefaultTrials = 240;

    private readonly FeasibleProposals proposals = new(context);
    private readonly Queue<TrialResult> living = new();
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("evolution"));
    private int asked;

    public string Name => "evolution";

    public bool IsFinished { get; private set; }

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        if (IsFinished) return null;
        Configuration? next = (asked < population || living.Count == 0 ? null : Child(Parent())) ?? proposals.Take();
        IsFinished = next is null;
        asked++;
        return next;
    }

    public void Tell(TrialResult result)
    {
        Best = result.BetterOf(Best);
        if (result.Outcome != TrialOutcome.Completed) return;
        living.Enqueue(result);
        if (living.Count > population) living.Dequeue();
    }

    /// <summary>Drawn with replacement; of equals the one drawn first.</summary>
    private Configuration Parent()
    {
        ImmutableArray<TrialResult> all = [.. living];
        Scalarisation scalarisation = Scalarisation.Draw(all, context.Constraints, ref random);
        TrialResult? parent = null;
        double least = double.PositiveInfinity;
        for (int i = 0; i < sample; i++)
        {
            TrialResult drawn = all[random.NextInt(all.Length)];
            double cost = scalarisation.Cost(drawn);
            if (parent is not null && cost >= least) continue;
            (parent, least) = (drawn, cost);
        }
        return parent!.Configuration;
    }

    private Configuration? Child(Configuration parent)
    {
        Configuration[] neighbours = [.. context.Space.Neighbours(parent)];
        random.Shuffle<Configuration>(neighbours);
        return neighbours.FirstOrDefault(proposals.TryTake);
    }
}
