namespace TinyNas.Search.Tests;

[TestClass]
public sealed class NanoNasStrategyTests : SearchStrategyContract
{
    protected override string Name => "nanonas";

    /// <summary>The published loop, extended by patience, written down a second time and run one network after the other.</summary>
    private static (Configuration? Winner, int Visited) SequentialLoop(ResultTable table, int patience = 0)
    {
        static double Rounded(TrialResult? r) => r is null ? double.NegativeInfinity : Math.Round(r.Score, 3);
        TrialResult? best = null;
        int visited = 0;
        for (int k = 1, rowsLost = 0; rowsLost <= patience; k++)
        {
            TrialResult? row = null;
            bool any = false;
            int first = Enumerable.Range(0, 7).FirstOrDefault(c => table.Fits(NanoNasSpace.At(k, c)));
            for (int c = first, lost = 0; lost <= patience; c++)
            {
                TrialResult s = table.Evaluate(NanoNasSpace.At(k, c), default);
                visited++;
                if (s.Outcome == TrialOutcome.Infeasible) break;
                any = true;
                lost = Rounded(s) > Rounded(row) ? 0 : lost + 1;
                if (lost == 0) row = s;
            }
            if (!any) break;
            rowsLost = Rounded(row) > Rounded(best) ? 0 : rowsLost + 1;
            if (rowsLost == 0) best = row;
        }
        return (best?.Configuration, visited);
    }

    [TestMethod]
    [DataRow("nanonas", 0)]
    [DataRow("auto", 2)]
    public void OneProposalAtATimeVisitsWhatTheSequentialLoopVisits(string strategy, int patience)
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            ResultTable table = RandomTable.Create(seed, most: 12);
            Replay replay = Replay.RunAsync(table, strategy, 0, null, default).Result;
            Assert.AreEqual(SequentialLoop(table, patience), (replay.Best?.Configuration, replay.Visited.Length), $"seed {seed}");
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    public void GuessingAheadWinsWithTheBestOfAllThatWasTrained(int patience)
    {
        for (ulong seed = 0; seed < 60; seed++)
        {
            ResultTable table = RandomTable.Create(seed, most: 12);
            foreach (int openTrials in (int[])[2, 3, 8])
            {
                var strategy = new NanoNasStrategy(new StrategyContext(table.Space, table.Fits, 0), patience);
                SearchRecord record = new SearchDriver(strategy, table, new ImmediateExecutor(), openTrials).RunAsync(default).Result;
                TrialResult? best = record.Results.Where(r => r.Outcome == TrialOutcome.Completed)
                    .Aggregate((TrialResult?)null, (a, b) => a is null || Math.Round(b.Score, 3) > Math.Round(a.Score, 3) ? b : a);
                Assert.AreEqual(best, record.Best, $"seed {seed}, {openTrials} open");
                Assert.IsTrue(record.Results.Any(r => r.Configuration.Equals(SequentialLoop(table, patience).Winner)), "the sequential loop's winner was tried");
                Assert.AreEqual(SearchEnd.Finished, record.End);
            }
        }
    }

    [TestMethod]
    public void GuessingAheadStopsAtWhatDoesNotFit()
    {
        var strategy = new NanoNasStrategy(new StrategyContext(new NanoNasSpace(), c => c["c"] <= 1, 0));
        Configuration?[] asked = [.. Enumerable.Range(0, 5).Select(_ => strategy.Ask()?.Configuration)];
        CollectionAssert.AreEqual(
            new[] { NanoNasSpace.At(1, 0), NanoNasSpace.At(1, 1), NanoNasSpace.At(1, 2), NanoNasSpace.At(2, 0), NanoNasSpace.At(2, 1) }, asked);
    }

    [TestMethod]
    public void ARowBeginsAtTheFirstDepthThatFits()
    {
        var strategy = new NanoNasStrategy(new StrategyContext(new NanoNasSpace(), c => c["c"] is 1 or 2, 0));
        CollectionAssert.AreEqual(
            new[] { NanoNasSpace.At(1, 1), NanoNasSpace.At(1, 2), NanoNasSpace.At(1, 3), NanoNasSpace.At(2, 1) },
            Enumerable.Range(0, 4).Select(_ => strategy.Ask()?.Configuration).ToArray());
    }

    [TestMethod]
    public void ScoresThatAgreeToThreeDecimalsAreNoImprovement()
    {
        ResultTable table = ResultTable.Parse(
            """{"space":"nanonas","results":[{"config":{"k":1,"c":0},"score":0.5001},{"config":{"k":1,"c":1},"score":0.5004},{"config":{"k":1,"c":2},"score":0.9}]}""", "table");
        Replay replay = Replay.RunAsync(table, "nanonas", 0, null, default).Result;
        Assert.AreEqual(NanoNasSpace.At(1, 0), replay.Best?.Configuration);
    }
}

[TestClass]
public sealed class AutoStrategyTests : SearchStrategyContract
{
    protected override string Name => "auto";
}

[TestClass]
public sealed class HalvingStrategyTests : SearchStrategyContract
{
    protected override string Name => "halving";
}
