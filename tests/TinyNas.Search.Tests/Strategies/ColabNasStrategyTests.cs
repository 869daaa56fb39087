using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class ColabNasStrategyTests : SearchStrategyContract
{
    protected override string Name => "colabnas";

    /// <summary>Worked out by hand from the tables; (2, 3) is what ColabNAS publishes for the smallest board.</summary>
    [TestMethod]
    [DataRow("vww-prime23", 4, 3, 0.708, 12)]
    [DataRow("cifar10-l010rbt6", 4, 4, 0.507, 14)]
    [DataRow("vww-l010rbt6", 2, 3, 0.664, 13)]
    public async Task ThePublishedTablesAreWalkedAsTheLoopSays(string name, int k, int c, double score, int visited)
    {
        ResultTable table = ResultTable.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "TinyNas.Search.Tests", "Tables", name + ".json")), name);
        Replay replay = await Replay.RunAsync(table, "colabnas", 0, null, default);
        Assert.AreEqual(NanoNasSpace.At(k, c), replay.Best?.Configuration);
        Assert.AreEqual(score, replay.Best!.Score);
        Assert.HasCount(visited, replay.Visited);
    }

    [TestMethod]
    public async Task UpwardsTheFirstStepNeedsAnyGainAndEveryOtherMoreThanHalfAPoint()
    {
        Assert.AreEqual("4,0 4,1 8,0 8,1 16,0 16,1", await Rows((4, 0.700), (8, 0.701), (16, 0.706), (32, 0.9)), "16 gains 0.005: not more");
        Assert.AreEqual("4,0 4,1 8,0 8,1 16,0 16,1 32,0 32,1 64,0", await Rows((4, 0.700), (8, 0.701), (16, 0.707), (32, 0.9)), "16 gains 0.006; there is no row of 64");
    }

    [TestMethod]
    public async Task DownwardsARowAsGoodIsTakenAndAWorseOneEnds()
    {
        Assert.AreEqual("4,0 4,1 8,0 8,1 2,0 2,1 1,0 1,1", await Rows((4, 0.7), (8, 0.7), (2, 0.7), (1, 0.6)));
        Assert.AreEqual("4,0 4,1 8,0 8,1 2,0 2,1", await Rows((4, 0.7), (8, 0.7), (2, 0.699), (1, 0.9)));
    }

    [TestMethod]
    public async Task OfEqualsTheSmallerWins() =>
        Assert.AreEqual(NanoNasSpace.At(1, 0), (await Replay.RunAsync(Table((4, 0.7), (8, 0.6), (2, 0.7), (1, 0.7)), "colabnas", 0, null, default)).Best?.Configuration);

    [TestMethod]
    public void GuessingAheadTriesAllThatTheSequentialLoopTries()
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            ResultTable table = RandomTable.Create(seed, 20);
            Replay sequential = Replay.RunAsync(table, "colabnas", 0, null, default).Result;
            foreach (int openTrials in (int[])[2, 3, 8])
            {
                var strategy = new ColabNasStrategy(new StrategyContext(table.Space, table.Fits, 0));
                SearchRecord record = new SearchDriver(strategy, table, new ImmediateExecutor(), openTrials).RunAsync(default).Result;
                CollectionAssert.IsSubsetOf(sequential.Visited, record.Results, $"seed {seed}, {openTrials} open");
                Assert.IsGreaterThanOrEqualTo(Math.Round(sequential.Best!.Score, 3), Math.Round(record.Best!.Score, 3));
            }
        }
    }

    [TestMethod]
    public void ASpaceWithoutKAndCIsADiagnosticThatNamesThoseThatHaveThem()
    {
        foreach (string name in (string[])["nanonas", "colabnas"])
        {
            var problem = Assert.ThrowsExactly<TinyNasException>(() => new SyntheticSpace().Search(name, 0, 1, 1));
            Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
            Assert.AreEqual("Strategy", problem.Setting);
            StringAssert.Contains(problem.Message, "'synthetic'");
            StringAssert.Contains(problem.Message, "nanonas");
        }
    }

    [TestMethod]
    public void AutoSearchesSpacesWithoutKAndCToo() => Assert.HasCount(30, new SyntheticSpace().Search("auto", 0, 2, 30).Results);

    private static async Task<string> Rows(params (int K, double Score)[] rows) =>
        string.Join(' ', (await Replay.RunAsync(Table(rows), "colabnas", 0, null, default)).Visited.Select(r => $"{r.Configuration["k"]},{r.Configuration["c"]}"));

    /// <summary>A second cell never helps.</summary>
    private static ResultTable Table(params (int K, double Score)[] rows) => ResultTable.Parse(
        $$"""{"space":"nanonas","results":[{{string.Join(',', rows.Select(r => FormattableString.Invariant($$"""{"config":{"k":{{r.K}},"c":0},"score":{{r.Score}}},{"config":{"k":{{r.K}},"c":1},"score":0.1}""")))}}]}""", "table");
}
