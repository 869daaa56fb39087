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
        string[] batch = [.. Enumerable.Range(0, 6).Select(_ => strategy.Ask()!.ToString())];
        CollectionAssert.AllItemsAreUnique(batch);
        ISearchStrategy serial = StrategyRegistry.Find(Name).Create(new StrategyContext(space, DialsSpace.Fits, 2));
        for (int i = 0; i < 20; i++) serial.Tell(space.Evaluate(serial.Ask()!, default));
        Assert.AreEqual(batch[0], serial.Ask()!.ToString(), "the first of a batch is the serial proposal");
    }
}
