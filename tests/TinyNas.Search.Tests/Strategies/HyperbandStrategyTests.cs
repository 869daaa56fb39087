namespace TinyNas.Search.Tests;

[TestClass]
public sealed class HyperbandStrategyTests : DrawingStrategyContract
{
    protected override string Name => "hyperband";

    [TestMethod]
    public void OneRoundOfBracketsIsThePublishedTable()
    {
        // Li et al. 2018, table 1 (η = 3, R = 81 has five rungs; here R = 27): n and r of each bracket, from s = 3 down.
        string expected = "27x1 9x3 3x9 1x27 12x3 4x9 1x27 6x9 2x27 4x27";
        ISearchStrategy strategy = Create(new Branin(), seed: 1);
        var runs = new List<(int Count, int Epochs)>();
        Configuration? last = null;
        for (int i = 0; i < 27 + 9 + 3 + 1 + 12 + 4 + 1 + 6 + 2 + 4; i++)
        {
            Proposal next = strategy.Ask()!;
            int epochs = next.Fidelity.Epochs ?? TestFunction.FullEpochs;
            // A new bracket begins where a configuration was not seen before.
            if (runs.Count == 0 || runs[^1].Epochs != epochs) runs.Add((0, epochs));
            runs[^1] = (runs[^1].Count + 1, epochs);
            strategy.Tell(new Branin().Evaluate(next, default));
            last = next.Configuration;
        }
        // Rungs of two brackets that touch with the same length run together: "2x27 4x27" is 6 of 27.
        Assert.AreEqual(expected.Replace("2x27 4x27", "6x27", StringComparison.Ordinal), string.Join(' ', runs.Select(r => $"{r.Count}x{r.Epochs}")));
        Assert.IsNotNull(last);
    }

    [TestMethod]
    public void TheBestThirdOfARungGoesOn()
    {
        ISearchStrategy strategy = Create(new Hartmann6(), seed: 3);
        var rung = new List<TrialResult>();
        for (int i = 0; i < 27; i++)
        {
            TrialResult result = new Hartmann6().Evaluate(strategy.Ask()!, default);
            rung.Add(result);
            strategy.Tell(result);
        }
        string[] best = [.. rung.OrderByDescending(r => r.Score).Take(9).Select(r => r.Configuration.ToString())];
        var promoted = new List<string>();
        for (int i = 0; i < 9; i++)
        {
            Proposal next = strategy.Ask()!;
            Assert.AreEqual(3, next.Fidelity.Epochs);
            promoted.Add(next.Configuration.ToString());
            strategy.Tell(new Hartmann6().Evaluate(next, default));
        }
        CollectionAssert.AreEqual(best, promoted);
    }

    [TestMethod]
    public void WhileABracketWaitsTheNextOneBegins()
    {
        ISearchStrategy strategy = Create(new Branin(), seed: 1);
        Proposal[] asked = [.. Enumerable.Range(0, 30).Select(_ => strategy.Ask()!)];
        Assert.AreEqual(27, asked.Count(p => p.Fidelity.Epochs == 1));
        Assert.AreEqual(3, asked.Count(p => p.Fidelity.Epochs == 3));
    }

    [TestMethod]
    public void FailedTrialsAreNotPromoted()
    {
        ISearchStrategy strategy = Create(new Branin(), seed: 1);
        Proposal[] rung = [.. Enumerable.Range(0, 27).Select(_ => strategy.Ask()!)];
        foreach (Proposal p in rung) strategy.Tell(p == rung[4] ? new Branin().Evaluate(p, default) : TrialResult.Failed(p, "diverged"));
        Assert.AreEqual(new Proposal(rung[4].Configuration, new Fidelity { Epochs = 3 }), strategy.Ask());
        Assert.AreNotEqual(1, strategy.Ask()!.Fidelity.Epochs, "of the next bracket");
    }

    private static ISearchStrategy Create(TestFunction function, ulong seed) =>
        StrategyRegistry.Find("hyperband").Create(new StrategyContext(function, _ => true, seed) { Ladder = function.Ladder });
}

[TestClass]
public sealed class BohbStrategyTests : DrawingStrategyContract
{
    protected override string Name => "bohb";

    [TestMethod]
    public void ADensityIsHighestAmongItsPointsAndFarFromThemNearlyNothing()
    {
        ParameterSet parameters = new Branin().Parameters;
        Configuration At(double x, double y) => new(("x0", x), ("x1", y));
        var density = new KernelDensity(parameters, [At(0, 5), At(1, 6), At(0.5, 5.5), At(0.2, 5.8)]);
        Assert.IsGreaterThan(density.At(At(3, 8)), density.At(At(0.5, 5.5)));
        Assert.IsGreaterThan(0.1, density.At(At(0.5, 5.5)));
        Assert.IsLessThan(1e-6, density.At(At(-5, 15)));
    }

    [TestMethod]
    public void ADensityOverOneParameterIntegratesToOne()
    {
        var parameters = new ParameterSet(new RealParameter("x", 0, 1));
        var density = new KernelDensity(parameters, [.. new[] { 0.4, 0.5, 0.55, 0.6 }.Select(x => new Configuration(("x", x)))]);
        const int Steps = 2000;
        double sum = Enumerable.Range(0, Steps).Sum(i => density.At(new Configuration(("x", (i + 0.5) / Steps)))) / Steps;
        // BOHB's kernel lacks Gauss's factor 1/√(2π): ratios do not need it.
        Assert.AreEqual(Math.Sqrt(2 * Math.PI), sum, 1e-3);
    }

    [TestMethod]
    public void SamplesLieAroundThePointsAndOfAChoiceMostlyAtTheirs()
    {
        var parameters = new ParameterSet(new RealParameter("x", 0, 1), new ChoiceParameter("kind", 0, 1, 2));
        var density = new KernelDensity(parameters, [.. Enumerable.Range(0, 10).Select(i => new Configuration(("x", 0.3 + 0.01 * i), ("kind", i == 0 ? 1.0 : 2.0)))]);
        var random = new RandomStreamBox();
        Configuration[] samples = [.. Enumerable.Range(0, 400).Select(_ => density.Sample(3, ref random.Stream))];
        Assert.IsTrue(samples.All(parameters.Contains));
        Assert.AreEqual(0.345, samples.Average(s => s.Values["x"]), 0.02);
        Assert.IsGreaterThan(280, samples.Count(s => s["kind"] == 2));
    }

    [TestMethod]
    public void AtEqualCostItBeatsRandomSearchInTheMedian() => PublishedFunctions.BeatsRandom(Name, new Hartmann6(), budget: 60);

    private sealed class RandomStreamBox
    {
        public Model.RandomStream Stream = new(1, 2);
    }
}

[TestClass]
public sealed class AshaStrategyTests : DrawingStrategyContract
{
    protected override string Name => "asha";

    [TestMethod]
    public void WhoeverIsInTheBestThirdSoFarGoesOnBeforeAnotherBegins()
    {
        var function = new Branin();
        ISearchStrategy strategy = StrategyRegistry.Find(Name).Create(new StrategyContext(function, _ => true, 1) { Ladder = function.Ladder });
        var told = function.Ladder.Rungs.Select(_ => new List<TrialResult>()).ToArray();
        for (int i = 0; i < 200; i++)
        {
            Proposal next = strategy.Ask()!;
            int rung = function.Ladder.IndexOf(next);
            Configuration[] due = [.. Enumerable.Range(0, function.Ladder.Top).SelectMany(r => told[r].OrderByDescending(t => t.Score).Take(told[r].Count / 3)
                .Where(t => told[r + 1].TrueForAll(u => !u.Configuration.Equals(t.Configuration)))).Select(t => t.Configuration)];
            if (due.Length > 0) CollectionAssert.Contains(due, next.Configuration);
            else Assert.AreEqual(0, rung);
            TrialResult result = function.Evaluate(next, default);
            told[rung].Add(result);
            strategy.Tell(result);
        }
        Assert.IsGreaterThan(0, told[^1].Count);
    }

    [TestMethod]
    public void AtEqualCostItBeatsRandomSearchInTheMedian() => PublishedFunctions.BeatsRandom(Name, new Branin(), budget: 40);
}
