using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>Three published NanoNAS searches (scores of the shipped histories, MIT): the loop visits what they visited.</summary>
[TestClass]
public sealed class ReplayTests
{
    [TestMethod]
    [DataRow("vww-prime23", 6, 4, 0.734, 41, "3,6")]
    [DataRow("cifar10-l010rbt6", 6, 4, 0.570, 44, "2,6 7,6")]
    [DataRow("vww-l010rbt6", 3, 3, 0.689, 17, "1,4 2,4 3,4 4,1")]
    public async Task APublishedSearchIsRepeated(string name, int k, int c, double score, int visited, string infeasible)
    {
        Replay replay = await Replay.RunAsync(Read(name), "nanonas", 0, null, default);
        Assert.AreEqual(NanoNasSpace.At(k, c), replay.Best?.Configuration);
        Assert.AreEqual(score, replay.Best!.Score);
        Assert.HasCount(visited, replay.Visited);
        string[] probes = [.. replay.Visited.Where(r => r.Outcome == TrialOutcome.Infeasible).Select(r => $"{r.Configuration["k"]},{r.Configuration["c"]}")];
        CollectionAssert.AreEqual(infeasible.Split(' '), probes);
        Assert.AreEqual(visited - probes.Length, replay.Evaluations);
    }

    [TestMethod]
    public async Task ABudgetOfTrialsBoundsTheNetworksTrained()
    {
        Replay replay = await Replay.RunAsync(Read("vww-l010rbt6"), "nanonas", 0, 7, default);
        Assert.AreEqual(7, replay.Evaluations);
        Assert.AreEqual(NanoNasSpace.At(2, 2), replay.Best?.Configuration);
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("""{"space":"nanonas"}""")]
    [DataRow("""{"space":"nanonas","results":[{"config":{"k":1}}]}""")]
    [DataRow("""{"space":"nanonas","results":[{"config":{"k":1,"c":0},"curves":[]}]}""")]
    [DataRow("""{"space":"nanonas","results":[{"config":{"k":1,"c":0},"curves":[[0.1,0.2]]},{"config":{"k":2,"c":0},"curves":[[0.1]]}]}""")]
    [DataRow("""{"space":"nanonas","results":[{"config":{"k":1,"c":0},"score":1},{"config":{"c":0,"k":1},"score":2}]}""")]
    public void WhatIsNoTableIsADiagnosticThatNamesTheFile(string json)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => ResultTable.Parse(json, "results.json"));
        Assert.AreEqual("TNAS0203", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "results.json");
    }

    [TestMethod]
    public void ATableOfCurvesGivesAsMuchOfATrainingAsIsAskedFor()
    {
        ResultTable table = Read("har-curves");
        Assert.AreEqual(30, table.Epochs);
        Assert.AreEqual("@1 @3 @10 full", string.Join(' ', table.Ladder.Rungs.Select(r => r == Fidelity.Full ? "full" : r.ToString().Trim())));
        Configuration network = NanoNasSpace.At(2, 3);
        double Score(int? epochs, int replicate) => table.Evaluate(new Proposal(network, new Fidelity { Epochs = epochs }, replicate), default).Score;
        Assert.AreEqual(Score(null, 0), Score(30, 0));
        Assert.AreNotEqual(Score(3, 0), Score(30, 0));
        Assert.AreEqual((Score(30, 0) + Score(30, 1) + Score(30, 2)) / 3, table.Mean(network), 1e-12);
    }

    /// <summary>Trainings of 48 networks on the activity data (11 people, windows of 100x6), 30 epochs, three seeds: made by TinyNas.Benchmarks, table har.</summary>
    [TestMethod]
    [DataRow("hyperband", 0.4)]
    [DataRow("bohb", 0.4)]
    [DataRow("asha", 0.2)]
    public async Task CuttingTrainingsShortCostsAFractionAndLosesLittle(string strategy, double fraction)
    {
        ResultTable table = Read("har-curves");
        double best = table.Configurations.Max(table.Mean);
        var losses = new List<double>();
        for (ulong seed = 1; seed <= 15; seed++)
        {
            Replay replay = await Replay.RunAsync(table, strategy, seed, null, default);
            double epochs = replay.Visited.GroupBy(r => r.Configuration).Sum(g => g.Max(r => r.Proposal.Fidelity.Epochs ?? table.Epochs));
            Assert.IsLessThanOrEqualTo(fraction * 48 * table.Epochs, epochs);
            losses.Add(best - table.Mean(replay.Best!.Configuration));
        }
        // Another seed of the same training moves the score by four points.
        Assert.IsLessThan(0.04, losses.Average());
    }

    [TestMethod]
    public async Task AnUnknownStrategyIsADiagnosticThatNamesTheKnownOnes()
    {
        var problem = await Assert.ThrowsExactlyAsync<TinyNasException>(() => Replay.RunAsync(Read("vww-prime23"), "nix", 0, null, default));
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "auto, nanonas");
    }

    private static ResultTable Read(string name) => ResultTable.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "TinyNas.Search.Tests", "Tables", name + ".json")), name);
}
