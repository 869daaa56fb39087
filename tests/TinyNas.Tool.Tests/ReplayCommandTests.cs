using System.Text.Json;

namespace TinyNas.Tool.Tests;

[TestClass]
public sealed class ReplayCommandTests
{
    private static string Table(string name) => Path.Combine(Repository.Root, "tests", "TinyNas.Search.Tests", "Tables", name + ".json");

    /// <summary>The tool as it is started by people: a process of its own.</summary>
    private static CommandResult Tool(params string[] arguments) =>
        Command.Run("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), .. arguments]);

    [TestMethod]
    [DataRow("vww-prime23", 6, 4, 0.734, 40, 41)]
    [DataRow("cifar10-l010rbt6", 6, 4, 0.570, 42, 44)]
    [DataRow("vww-l010rbt6", 3, 3, 0.689, 13, 17)]
    public void APublishedSearchIsRepeatedAsJson(string table, int k, int c, double score, int evaluations, int visited)
    {
        CommandResult result = Tool("replay", Table(table), "--strategy", "nanonas", "--json").MustSucceed("replay");
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        JsonElement best = json.GetProperty("best");
        Assert.AreEqual(k, best.GetProperty("config").GetProperty("k").GetInt32());
        Assert.AreEqual(c, best.GetProperty("config").GetProperty("c").GetInt32());
        Assert.AreEqual(score, best.GetProperty("score").GetDouble());
        Assert.AreEqual(evaluations, json.GetProperty("evaluations").GetInt32());
        Assert.AreEqual(visited, json.GetProperty("visited").GetArrayLength());
    }

    [TestMethod]
    public void ABudgetOfTrialsBoundsTheEvaluations()
    {
        CommandResult result = Tool("replay", Table("vww-prime23"), "--strategy", "auto", "--seed", "3", "--budget-trials", "5", "--json").MustSucceed("replay");
        Assert.AreEqual(5, JsonDocument.Parse(result.Output).RootElement.GetProperty("evaluations").GetInt32());
    }

    [TestMethod]
    public void AMissingTableIsADiagnostic()
    {
        CommandResult result = Tool("replay", "nowhere.json", "--strategy", "nanonas");
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Error, "TNAS0203");
    }

    [TestMethod]
    [DataRow("spaces", "nanonas")]
    [DataRow("strategies", "auto")]
    public void WhatASettingMayNameIsListed(string command, string first)
    {
        JsonElement json = JsonDocument.Parse(Tool(command, "--json").MustSucceed(command).Output).RootElement;
        Assert.AreEqual(first, json[0].GetProperty("name").GetString());
        Assert.IsGreaterThan(0, json[0].GetProperty("description").GetString()!.Length);
        StringAssert.Contains(Tool(command).MustSucceed(command).Output, first);
    }
}
