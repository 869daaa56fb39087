using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Multi-objective Bayesian optimisation as in SpArSe (Fedorov et al. 2019): every proposal minimises a Chebyshev scalarisation, max over k of
/// λ(k) f(k), with weights drawn anew, so that the search walks along the whole Pareto front of error and every limit of the budget. Three
/// stages: configurations at random; the best of many drawn ones by a Gaussian process; children of members of the front, some
/// morphisms away, of which the one with the least predicted scalar is trained.
/// <para>
/// Departures. What networks cost is known exactly before training, so the process learns the error alone; SpArSe's processes learn memory and size
/// too. Its error is a lower confidence bound, not a sample of the process. Children begin with weights of their own.
/// </para>
/// </summary>
public sealed class MultiObjectiveStrategy(StrategyContext context) : ISearchStrategy
{
    internal const int DefaultTrials = 60;

    private const int FirstRandom = 12;

    /// <summary>From here on a proposal in two is a child; before, all come from the whole space.</summary>
    private const int FirstChildren = 30;

    private const int Draws = 300, Children = 20, MostMorphisms = 3;
    private const double Optimism = 1;

    /// <summary>Weights are drawn log-uniformly between 1 and this.</summary>
    private const double MostWeight = 20;

    private readonly FeasibleProposals proposals = new(context);
    private readonly List<TrialResult> told = [];
    private readonly ProcessFitter fitter = new(context.Space.Parameters);
    private RandomStream random = RandomStream.Create(context.Seed, RandomStream.KeyOf("mobo"));
    private int asked;

    public string Name => "mobo";

    public bool IsFinished { get; private set; }

    public TrialResult? Best { get; private set; }

    public Proposal? Ask()
    {
        if (IsFinished) return null;
        Configuration? next = (asked < FirstRandom || told.Count < 2 ? null : Promising()) ?? proposals.Take();
        IsFinished = next is null;
        asked++;
        return next;
    }

    public void Tell(TrialResult result)
    {
        Best = result.BetterOf(Best);
        if (result.Outcome == TrialOutcome.Completed) told.Add(result);
    }

    private Configuration? Promising()
    {
        ParameterSet parameters = context.Space.Parameters;
        GaussianProcess process = fitter.Fit(told);
        double[] scores = [.. told.Select(r => r.Score).Order()];
        double best = scores[^1], spread = Math.Max(1e-9, best - scores[scores.Length / 2]);
        double errorWeight = Weight();
        ImmutableArray<(Constraint Limit, double Weight)> limits = [.. context.Constraints.Select(c => (c, Weight()))];

        bool isChild = asked >= FirstChildren && asked % 2 == 0;
        IEnumerable<Configuration> candidates = isChild ? Morphed() : Enumerable.Range(0, Draws).Select(_ => parameters.Sample(ref random)).Concat(Around());
        return LazyOrder.ByCost(
                candidates.Distinct().Where(context.Fits).Select(c => (Configuration: c, Point: parameters.Encode(c))),
                c => Cost(c.Configuration, process.Sketch(c.Point)), c => Cost(c.Configuration, process.Predict(c.Point)))
            .Select(c => c.Configuration).FirstOrDefault(proposals.TryTake);

        double Cost(Configuration configuration, (double Mean, double Deviation) predicted)
        {
            (double mean, double deviation) = predicted;
            double cost = errorWeight * (best + spread - mean - (isChild ? 0 : Optimism * deviation)) / spread;
            IReadOnlyDictionary<string, double> figures = context.Figures(configuration);
            foreach ((Constraint limit, double weight) in limits)
                if (limit.IsKnown(figures)) cost = Math.Max(cost, weight * limit.Value(figures) / limit.Limit);
            return cost;
        }
    }

    /// <summary>Random draws alone hardly meet a good region in many dimensions.</summary>
    private List<Configuration> Around()
    {
        var near = new List<Configuration>();
        foreach (double radius in (double[])[0.1, 0.03, 0.01])
            for (int i = 0; i < Draws / 10; i++) near.Add(context.Space.Parameters.Near(Best!.Configuration, radius, ref random));
        return near;
    }

    /// <summary>Children of one member of the front, each up to three steps away.</summary>
    private List<Configuration> Morphed()
    {
        TrialResult[] front = [.. told.Where(a => !told.Exists(b => Dominates(b, a)))];
        Configuration parent = front[random.NextInt(front.Length)].Configuration;
        var children = new List<Configuration>();
        for (int i = 0; i < Children; i++)
        {
            Configuration child = parent;
            for (int steps = 1 + random.NextInt(MostMorphisms); steps > 0; steps--)
            {
                Configuration[] neighbours = [.. context.Space.Neighbours(child)];
                if (neighbours.Length > 0) child = neighbours[random.NextInt(neighbours.Length)];
            }
            children.Add(child);
        }
        return children;
    }

    /// <summary>At least as good in everything and better in something.</summary>
    private bool Dominates(TrialResult a, TrialResult b)
    {
        bool better = a.Score > b.Score;
        if (a.Score < b.Score) return false;
        foreach (Constraint limit in context.Constraints)
        {
            if (!limit.IsKnown(a.Scalars) || !limit.IsKnown(b.Scalars)) continue;
            double difference = limit.Value(a.Scalars) - limit.Value(b.Scalars);
            if (difference > 0) return false;
            better |= difference < 0;
        }
        return better;
    }

    private double Weight() => DeterministicMath.Exp(random.NextDouble() * DeterministicMath.Log(MostWeight));
}
