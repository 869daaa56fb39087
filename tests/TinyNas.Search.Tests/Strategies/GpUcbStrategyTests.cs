using System.Diagnostics;
using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class GpUcbStrategyTests : DrawingStrategyContract
{
    protected override string Name => "gp-ucb";

    protected override int MostTrials => 40;

    [TestMethod]
    public void AtEqualBudgetItBeatsRandomSearchInTheMedian()
    {
        var space = new DialsSpace();
        Assert.IsGreaterThan(space.Median("random", 9, 50), space.Median("gp-ucb", 9, 50));
    }

    [TestMethod]
    public void OpenProposalsAreHallucinatedSoThatABatchSpreads()
    {
        var space = new DialsSpace();
        ISearchStrategy strategy = StrategyRegistry.Find(Name).Create(new StrategyContext(space, DialsSpace.Fits, 2));
        for (int i = 0; i < 20; i++) strategy.Tell(space.Evaluate(strategy.Ask()!, default));
        Configuration[] batch = [.. Enumerable.Range(0, 6).Select(_ => strategy.Ask()!)];
        CollectionAssert.AllItemsAreUnique(batch);
        foreach (Configuration configuration in batch) strategy.Tell(space.Evaluate(configuration, default));
        Assert.IsNotNull(strategy.Best);
    }

    [TestMethod]
    public void ASuggestionAfterTwoHundredResultsTakesLessThanASecond()
    {
        var space = new DialsSpace();
        ISearchStrategy strategy = StrategyRegistry.Find(Name).Create(new StrategyContext(space, DialsSpace.Fits, 2));
        var proposals = new FeasibleProposals(new StrategyContext(space, DialsSpace.Fits, 9));
        for (int i = 0; i < 200; i++) strategy.Tell(space.Evaluate(proposals.Take()!, default));
        for (int i = 0; i < 10; i++) strategy.Ask();
        long start = Stopwatch.GetTimestamp();
        strategy.Ask();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"{elapsed.TotalMilliseconds} ms");
        Assert.IsLessThan(1, elapsed.TotalSeconds);
    }
}
