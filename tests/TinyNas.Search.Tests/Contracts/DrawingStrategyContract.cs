using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>What every strategy keeps to that draws from a space's parameters, whichever space it is.</summary>
public abstract class DrawingStrategyContract : SearchStrategyContract
{
    /// <summary>Whether the seed has a say.</summary>
    protected virtual bool IsRandom => true;

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    public void OnlyWhatFitsIsProposedInAnySpace(int openTrials)
    {
        var space = new SyntheticSpace();
        SearchRecord record = space.Search(Name, seed: 1, openTrials, trials: 60);
        Assert.HasCount(60, record.Results);
        foreach (TrialResult result in record.Results)
        {
            Assert.IsTrue(space.Parameters.Contains(result.Configuration), result.Configuration.ToString());
            Assert.IsTrue(SyntheticSpace.Fits(result.Configuration), result.Configuration.ToString());
        }
    }

    [TestMethod]
    public void ASpaceWithLittleThatFitsIsSearchedToItsEnd()
    {
        var few = new HashSet<Configuration>(Enumerable.Range(2, 3).SelectMany(k => Enumerable.Range(1, 4).Select(c => NanoNasSpace.At(k, c))));
        var strategy = StrategyRegistry.Find(Name).Create(new StrategyContext(new NanoNasSpace(), few.Contains, 3));
        SearchRecord record = new SearchDriver(strategy, new SyntheticSpace(), new ImmediateExecutor(), 3).RunAsync(default).Result;
        Assert.HasCount(few.Count, record.Results);
        Assert.AreEqual(SearchEnd.Finished, record.End);
        Assert.AreEqual(NanoNasSpace.At(4, 4), record.Best?.Configuration);
    }

    [TestMethod]
    public void AnotherSeedVisitsInAnotherOrder()
    {
        string First(ulong seed) => string.Join('\n', new SyntheticSpace().Search(Name, seed, 2, 10).Results.Select(r => r.Configuration));
        if (IsRandom) Assert.AreNotEqual(First(1), First(2));
        else Assert.AreEqual(First(1), First(2));
    }
}
