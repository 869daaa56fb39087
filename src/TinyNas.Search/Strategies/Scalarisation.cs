using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Several objectives as one cost (μNAS; Paria et al. 2019): max over i of min(f(i) / b(i), 10) / λ(i), with weights λ uniform in
/// (0, 1] drawn for each decision, so that one decision looks for accuracy and the next for a small network. Objectives
/// are the distance to the best score, bounded by the population's median, and every limit of the budget.
/// </summary>
internal sealed class Scalarisation
{
    private const double MostRatio = 10;

    private readonly double best, bound, weightOfScore;
    private readonly ImmutableArray<(Constraint Constraint, double Weight)> limits;

    private Scalarisation(double best, double bound, double weightOfScore, ImmutableArray<(Constraint, double)> limits) =>
        (this.best, this.bound, this.weightOfScore, this.limits) = (best, bound, weightOfScore, limits);

    public static Scalarisation Draw(ImmutableArray<TrialResult> population, ImmutableArray<Constraint> constraints, ref RandomStream random)
    {
        double[] scores = [.. population.Select(r => r.Score).Order()];
        double weightOfScore = 1 - random.NextDouble();
        var limits = ImmutableArray.CreateBuilder<(Constraint, double)>(constraints.Length);
        foreach (Constraint constraint in constraints) limits.Add((constraint, 1 - random.NextDouble()));
        return new Scalarisation(scores[^1], scores[^1] - scores[scores.Length / 2], weightOfScore, limits.MoveToImmutable());
    }

    public double Cost(TrialResult result)
    {
        double cost = Ratio(best - result.Score, bound) / weightOfScore;
        foreach ((Constraint constraint, double weight) in limits)
            if (constraint.IsKnown(result.Scalars))
                cost = Math.Max(cost, Ratio(constraint.Value(result.Scalars), constraint.Limit) / weight);
        return cost;
    }

    private static double Ratio(double value, double bound) => value <= 0 ? 0 : bound <= 0 ? MostRatio : Math.Min(value / bound, MostRatio);
}
