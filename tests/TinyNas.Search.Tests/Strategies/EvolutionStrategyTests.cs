using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class EvolutionStrategyTests : DrawingStrategyContract
{
    protected override string Name => "evolution";

    [TestMethod]
    public void EveryChildIsOneStepFromANetworkAmongTheLatest()
    {
        var space = new DialsSpace();
        const int Population = 12;
        var strategy = new EvolutionStrategy(new StrategyContext(space, DialsSpace.Fits, 3), Population, sample: 4);
        ImmutableArray<TrialResult> results = space.Search(strategy, 1, 100).Results;
        for (int i = Population; i < results.Length; i++)
            Assert.IsTrue(
                results[(i - Population)..i].Any(parent => space.Parameters.Neighbours(parent.Configuration).Contains(results[i].Configuration)),
                $"trial {i}: {results[i].Configuration}");
    }

    [TestMethod]
    public void AtEqualBudgetItBeatsRandomSearchInTheMedian()
    {
        var space = new DialsSpace();
        Assert.IsGreaterThan(space.Median("random", 15, 120), space.Median("evolution", 15, 120));
    }

    [TestMethod]
    public void WithoutLimitsTheBestCostsNothing()
    {
        RandomStream random = new(1, 1);
        Scalarisation scalarisation = Scalarisation.Draw([Result(0.5, 1), Result(0.7, 1), Result(0.6, 1)], [], ref random);
        Assert.AreEqual(0, scalarisation.Cost(Result(0.7, 1)));
        Assert.IsGreaterThan(scalarisation.Cost(Result(0.6, 1)), scalarisation.Cost(Result(0.5, 1)));
    }

    [TestMethod]
    public void WithALimitSomeDecisionsLookForAccuracyAndSomeForASmallNetwork()
    {
        RandomStream random = new(1, 1);
        int accurate = 0;
        for (int i = 0; i < 100; i++)
        {
            TrialResult large = Result(0.7, 90), middle = Result(0.65, 50), small = Result(0.6, 10);
            Scalarisation scalarisation = Scalarisation.Draw([large, middle, small], [new Constraint("MACs", [Scalars.Macs], 100, "Macs")], ref random);
            if (scalarisation.Cost(large) < scalarisation.Cost(small)) accurate++;
        }
        Assert.IsTrue(accurate is > 10 and < 90, $"{accurate} of 100");
    }

    [TestMethod]
    public void OneFigureFarBeyondItsBoundCountsTenTimesAtMost()
    {
        RandomStream random = new(1, 1);
        Scalarisation scalarisation = Scalarisation.Draw([Result(0.7, 1)], [new Constraint("MACs", [Scalars.Macs], 100, "Macs")], ref random);
        Assert.AreEqual(scalarisation.Cost(Result(0.7, 1000)), scalarisation.Cost(Result(0.7, 1e9)));
    }

    private static TrialResult Result(double score, double macs) =>
        new(NanoNasSpace.At(1, (int)macs % 7), TrialOutcome.Completed, score, TrialResult.NoScalars.Add(Scalars.Macs, macs));
}
