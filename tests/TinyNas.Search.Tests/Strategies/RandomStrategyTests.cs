using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class RandomStrategyTests : DrawingStrategyContract
{
    protected override string Name => "random";

    [TestMethod]
    public void EveryFeasibleNetworkIsEquallyLikelyToComeFirst()
    {
        var counts = new int[4];
        for (ulong seed = 0; seed < 400; seed++)
            counts[new RandomStrategy(new StrategyContext(new NanoNasSpace(), c => c["k"] == 3 && c["c"] < 4, seed)).Ask()!.Configuration["c"]]++;
        // Binomial with n = 400, p = 1/4: a standard deviation is 8.7; four of them.
        Assert.IsTrue(counts.All(n => Math.Abs(n - 100) < 35), string.Join(' ', counts));
    }

    [TestMethod]
    public async Task WithoutALimitAReplayEndsAfterTheTrialsOfTheRegistry()
    {
        string results = string.Join(',', Enumerable.Range(1, 32).SelectMany(k => Enumerable.Range(0, 4).Select(c => FormattableString.Invariant($$"""{"config":{"k":{{k}},"c":{{c}}},"score":0.5}"""))));
        ResultTable table = ResultTable.Parse($$"""{"space":"nanonas","results":[{{results}}]}""", "table");
        Assert.AreEqual(59, (await Replay.RunAsync(table, "random", 0, null, default)).Evaluations);
    }
}

[TestClass]
public sealed class GridStrategyTests : DrawingStrategyContract
{
    protected override string Name => "grid";

    protected override bool IsRandom => false;

    [TestMethod]
    public async Task ATableIsWalkedInLexicographicOrder()
    {
        ResultTable table = ResultTable.Parse(
            """{"space":"nanonas","results":[{"config":{"k":2,"c":1},"score":0.2},{"config":{"k":1,"c":2},"score":0.3},{"config":{"k":2,"c":0},"score":0.1}]}""", "table");
        Replay replay = await Replay.RunAsync(table, "grid", 0, null, default);
        CollectionAssert.AreEqual(new[] { NanoNasSpace.At(1, 2), NanoNasSpace.At(2, 0), NanoNasSpace.At(2, 1) }, replay.Visited.Select(r => r.Configuration).ToArray());
        Assert.AreEqual(NanoNasSpace.At(1, 2), replay.Best?.Configuration);
    }
}
