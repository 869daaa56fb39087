using System.Text.Json;

namespace TinyNas.Tool.Tests;

[TestClass]
public sealed class BenchCommandTests
{
    private static CommandResult Bench(params string[] arguments) =>
        Command.Run("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), "bench", "train", .. arguments]);

    [TestMethod]
    [DataRow("nanonas:3,2")]
    [DataRow("dscnn-kws")]
    [DataRow("tcn-har")]
    [DataRow("autoencoder-640")]
    public void ANetworkIsTrainedAndMeasured(string net)
    {
        CommandResult result = Bench("--net", net, "--batch", "16", "--seconds", "0.2", "--json").MustSucceed(net);
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.IsGreaterThan(0, json.GetProperty("samplesPerSecond").GetDouble());
        Assert.IsGreaterThan(0, json.GetProperty("gflops").GetDouble());
        Assert.IsLessThan(json.GetProperty("firstLoss").GetDouble(), json.GetProperty("lastLoss").GetDouble());
    }

    [TestMethod]
    public void ANetworkFileIsTrained()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["net.json"], """{"input": [8, 8, 1], "layers": [{"type": "conv", "filters": 3, "kernel": [3, 3]}, {"type": "dense", "units": 2}]}""");
        Bench("--net", folder["net.json"], "--batch", "16", "--seconds", "0.1").MustSucceed("bench");
    }

    [TestMethod]
    [DataRow("nanonas:0,9", "16")]
    [DataRow("resnet", "16")]
    [DataRow("nanonas:3,2", "20")]
    public void WhatCannotBeTrainedIsADiagnostic(string net, string batch)
    {
        CommandResult result = Bench("--net", net, "--batch", batch);
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Error, "TNAS0002");
    }

    [TestMethod]
    public void TrialsAtOnceAreComparedWithOne()
    {
        CommandResult result = Bench("--net", "nanonas:3,2", "--batch", "16", "--seconds", "0.2", "--trials", "2", "--json").MustSucceed("bench");
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.AreEqual(2, json.GetProperty("trials").GetInt32());
        Assert.IsGreaterThan(0, json.GetProperty("scaling").GetDouble());
    }

    [TestMethod]
    public void GradientsAreThoseOfPyTorchInFloat64()
    {
        string script = Path.Combine(Repository.Root, "tests", "compare-pytorch.py");
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Command.Require("python3");
        CommandResult result = Command.Run(python, [script, "gradients", Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), "nbde"]);
        if (result.ExitCode == 77) Assert.Inconclusive(result.Output);
        result.MustSucceed("the comparison with PyTorch");
    }
}
