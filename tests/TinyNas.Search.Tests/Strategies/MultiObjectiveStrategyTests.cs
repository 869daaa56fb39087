using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class MultiObjectiveStrategyTests : DrawingStrategyContract
{
    protected override string Name => "mobo";

    protected override int MostTrials => 40;

    [TestMethod]
    public void WithoutABudgetItIsOrdinaryBayesianOptimisation() => PublishedFunctions.BeatsRandom(Name, new Branin(), 40);

    [TestMethod]
    public void WithABudgetItFindsAccurateNetworksAndFrugalOnes()
    {
        // Error falls with the sum of the dials, cost rises with it: every sum is on the front.
        var space = new DialsSpace();
        var limit = new Constraint("MACs", [Scalars.Macs], 90, "Macs");
        static ImmutableSortedDictionary<string, double> Figures(Configuration c) => TrialResult.NoScalars.Add(Scalars.Macs, c.Values.Values.Sum());
        var strategy = StrategyRegistry.Find(Name).Create(new StrategyContext(space, _ => true, 3) { Constraints = [limit], Figures = Figures });
        for (int i = 0; i < 60; i++)
        {
            Proposal next = strategy.Ask()!;
            double sum = Figures(next.Configuration)[Scalars.Macs];
            Sums.Add(sum);
            strategy.Tell(new TrialResult(next, TrialOutcome.Completed, sum / 90, Figures(next.Configuration)));
        }
        // Ten dials from 0 to 9: at random a sum is 45 ± 9.
        Assert.IsGreaterThan(75, Sums.Max());
        Assert.IsLessThan(20, Sums.Min());
    }

    private List<double> Sums { get; } = [];
}

[TestClass]
public sealed class TinyNasStrategyTests : DrawingStrategyContract
{
    protected override string Name => "tinynas";

    [TestMethod]
    public void AtEqualBudgetItBeatsRandomSearchInTheMedian()
    {
        var space = new DialsSpace();
        Assert.IsGreaterThan(space.Median("random", 9, 120), space.Median(Name, 9, 120));
    }

    [TestMethod]
    public void TheSubspaceWhoseFittingNetworksComputeMostIsChosenAndNotLeft()
    {
        var space = new DsCnnSpace();
        var input = new Shape(49, 10, 1);
        Feasibility Check(FeasibilityCheck check, Configuration c) => check.Check(c);
        var budget = new Budget(Macs: 2_000_000);
        var check = new FeasibilityCheck(space, input, 12, budget, BudgetConstraints.Of(budget, true), "cortex-m4");
        var strategy = new TinyNasStrategy(new StrategyContext(space, check.Fits, 1) { Figures = c => Check(check, c).Figures });
        (string name, double stride) = strategy.Subspace.Single();
        Assert.AreEqual("stride", name);
        double[] means = [.. new[] { 1.0, 2.0 }.Select(s => Mean(s))];
        Assert.AreEqual(means[0] > means[1] ? 1 : 2, stride, $"{means[0]} and {means[1]} MACs on average");
        for (int i = 0; i < 10; i++)
        {
            Proposal next = strategy.Ask()!;
            Assert.AreEqual(stride, next.Configuration.Values["stride"]);
            strategy.Tell(new TrialResult(next, TrialOutcome.Completed, 0.5, TrialResult.NoScalars));
        }

        double Mean(double s)
        {
            RandomStream random = new(9, 9);
            double[] macs = [.. Enumerable.Range(0, 300).Select(_ => space.Parameters.With(space.Parameters.Sample(ref random), "stride", s)).Where(check.Fits).Select(c => check.Check(c).Figures[Scalars.Macs])];
            return macs.Average();
        }
    }
}
