namespace TinyNas.Search.Tests;

[TestClass]
public sealed class SvmCboStrategyTests : DrawingStrategyContract
{
    protected override string Name => "svm-cbo";

    protected override int MostTrials => 60;

    [TestMethod]
    public void TheFirstTrialsAreALatinHypercube()
    {
        var function = new Gardner(isSecond: false);
        ISearchStrategy strategy = StrategyRegistry.Find(Name).Create(new StrategyContext(function, _ => true, 5));
        Proposal[] design = [.. Enumerable.Range(0, 20).Select(_ => strategy.Ask()!)];
        foreach (string x in (string[])["x0", "x1"])
            CollectionAssert.AreEqual(Enumerable.Range(0, 20).ToArray(), design.Select(p => (int)(p.Configuration.Values[x] / 6 * 20)).Order().ToArray());
    }

    [TestMethod]
    public void WhereAPartOfTheDomainIsOfNoUseItBeatsBohbPerEvaluation()
    {
        var function = new Gardner(isSecond: false);
        const int Seeds = 7;
        double guided = Regret.Of(function, Name, Seeds, 100)[Seeds / 2];
        Assert.IsLessThan(Regret.Of(function, "bohb", Seeds, 100)[Seeds / 2], guided);
        Assert.IsLessThan(Regret.Of(function, "random", Seeds, 300)[Seeds / 2], guided, "random with three times as many");
    }

    [TestMethod]
    public void WithoutSuchAPartItIsOrdinaryBayesianOptimisation() => PublishedFunctions.BeatsRandom(Name, new Branin(), 40);
}
