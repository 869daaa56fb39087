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
    [DataRow("""{"space":"nanonas","results":[{"config":{"k":1,"c":0},"score":1},{"config":{"c":0,"k":1},"score":2}]}""")]
    public void WhatIsNoTableIsADiagnosticThatNamesTheFile(string json)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => ResultTable.Parse(json, "results.json"));
        Assert.AreEqual("TNAS0203", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "results.json");
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
