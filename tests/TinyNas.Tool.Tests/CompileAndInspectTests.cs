using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Tool.Tests;

/// <summary>'tinynas compile' and 'tinynas inspect' as processes, on published models.</summary>
[TestClass]
public class CompileAndInspectTests
{
    [TestMethod]
    [DataRow("tflm_hello_world_int8")]
    [DataRow("mlperf_ad01_int8")]
    public void ACompiledModelPassesItsSelfTest(string name)
    {
        string model = Path.Combine(Repository.Shared("golden/" + name), "model.tflite"), gcc = Command.Require("gcc");
        using var folder = new TemporaryFolder();
        string output = folder["firm ware", "deep"];
        Run("compile", model, "-o", output, "--name", "Net").MustSucceed("tinynas compile");
        CollectionAssert.IsSubsetOf(
            (string[])["net.c", "net.h", "net_selftest.c", "net.tflite", "net_tflm.cc", "net.manifest.json", "report.html"],
            Directory.GetFiles(output).Select(Path.GetFileName).ToArray());
        Command.Run(gcc, ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "net.c", "net_selftest.c", "-o", "net"], output).MustSucceed("gcc");
        Command.Run(Path.Combine(output, "net"), [], output).MustSucceed("the self-test");
    }

    [TestMethod]
    public void OneRuntimeAloneIsEmitted()
    {
        string model = Path.Combine(Repository.Shared("golden/tflm_hello_world_int8"), "model.tflite");
        using var folder = new TemporaryFolder();
        Run("compile", model, "-o", folder["c"], "--runtime", "C").MustSucceed("tinynas compile");
        Run("compile", model, "-o", folder["tflm"], "--runtime", "tflm").MustSucceed("tinynas compile");
        Assert.IsFalse(File.Exists(folder["c", "model_tflm.cc"]));
        Assert.IsFalse(File.Exists(folder["tflm", "model.c"]));
        Assert.IsTrue(File.Exists(folder["tflm", "model_tflm.cc"]));
    }

    [TestMethod]
    [DataRow("nanonas_vww_l010")]
    [DataRow("te_mnist_lenet300")]
    public void AModelThatOnlyTflmRunsIsInspectedAndEmittedForIt(string name)
    {
        string model = Path.Combine(Repository.Shared("golden/" + name), "model.tflite");
        using var folder = new TemporaryFolder();
        Run("inspect", model, "--json").MustSucceed("tinynas inspect");
        Run("compile", model, "-o", folder["tflm"], "--runtime", "Tflm").MustSucceed("tinynas compile");
        Assert.IsTrue(File.Exists(folder["tflm", "model_tflm.cc"]));
    }

    [TestMethod]
    public void InspectPrintsTheFiguresAsJson()
    {
        string model = Path.Combine(Repository.Shared("golden/mlperf_ad01_int8"), "model.tflite");
        using var json = JsonDocument.Parse(Run("inspect", model, "--json", "--device", "STM32L412KB", "--flash", "512KiB").MustSucceed("tinynas inspect").Output);
        JsonElement root = json.RootElement;
        Assert.AreEqual(264_192, root.GetProperty("macs").GetInt64());
        Assert.AreEqual(768, root.GetProperty("ram").GetProperty("c").GetInt64());
        foreach (string figure in (string[])["cStack", "tflm"]) Assert.IsTrue(root.GetProperty("ram").GetProperty(figure).GetInt64() > 0);
        foreach (string figure in (string[])["c", "tflm"]) Assert.IsTrue(root.GetProperty("flash").GetProperty(figure).GetInt64() > 270_880);
        Assert.AreEqual(10, root.GetProperty("operators").GetArrayLength());
        Assert.AreEqual("FULLY_CONNECTED", root.GetProperty("operators")[0].GetProperty("kind").GetString());
        StringAssert.Contains(Run("inspect", model).MustSucceed("tinynas inspect").Output, "FULLY_CONNECTED");
    }

    [TestMethod]
    public void WhatIsWrongIsToldWithItsCode()
    {
        string model = Path.Combine(Repository.Shared("golden/mlperf_ad01_int8"), "model.tflite");
        using var folder = new TemporaryFolder();
        Told("TNAS0220", Run("compile", model, "-o", folder["a"], "--ram", "700"));
        Told("TNAS0220", Run("inspect", model, "--flash", "128KiB"));
        Told("TNAS0220", Run("compile", model, "-o", folder["a"], "--macs", "0.2M"));
        Told("TNAS0002", Run("compile", model, "-o", folder["a"], "--ram", "much"));
        Told("TNAS0002", Run("compile", model, "-o", folder["a"], "--runtime", "Rust"));
        Told("TNAS0003", Run("inspect", model, "--device", "Abacus"));
        Told("TNAS0301", Run("compile", folder["absent.tflite"], "-o", folder["a"]));
        Told("TNAS0310", Run("compile", model, "-o", folder["a"], "--name", "!"));
        File.WriteAllBytes(folder["round.tflite"], WithRound(Path.Combine(Repository.Shared("golden/tflm_hello_world_int8"), "model.tflite")));
        Told("TNAS0302", Run("compile", folder["round.tflite"], "-o", folder["a"]));
        Told("Operator ROUND", Run("compile", folder["round.tflite"], "-o", folder["a"], "--runtime", "C"));
        Assert.IsFalse(Directory.Exists(folder["a"]), "nothing is written where something is wrong");
        Assert.AreEqual(2, Run("compile", model).ExitCode);

        static void Told(string code, CommandResult result)
        {
            Assert.AreEqual(1, result.ExitCode, result.Output + result.Error);
            StringAssert.Contains(result.Error, code);
        }
    }

    [TestMethod]
    public void AnOperatorThatOnlyTflmRunsGetsTheTflmRoute()
    {
        using var folder = new TemporaryFolder();
        byte[] model = WithRound(Path.Combine(Repository.Shared("golden/tflm_hello_world_int8"), "model.tflite"));
        File.WriteAllBytes(folder["round.tflite"], model);
        Run("compile", folder["round.tflite"], "-o", folder["out"], "--name", "Net", "--runtime", "Tflm").MustSucceed("tinynas compile");
        StringAssert.Contains(File.ReadAllText(folder["out", "net_tflm.cc"]), "resolver.AddRound()");
        CollectionAssert.AreEqual(model, File.ReadAllBytes(folder["out", "net.tflite"]));
        StringAssert.Contains(Run("inspect", folder["round.tflite"]).MustSucceed("tinynas inspect").Output, "ROUND");
    }

    [TestMethod]
    public void ACustomOperatorGetsTheTflmRouteWithARegistrationThatTheProgramDefines()
    {
        using var folder = new TemporaryFolder();
        byte[] model = ForeignModels.Custom("My \"operator\"");
        File.WriteAllBytes(folder["custom.tflite"], model);
        CommandResult refused = Run("compile", folder["custom.tflite"], "-o", folder["c"], "--runtime", "C");
        Assert.AreEqual(1, refused.ExitCode);
        StringAssert.Contains(refused.Error, "TNAS0302: Operator CUSTOM (My \"operator\")");
        Run("compile", folder["custom.tflite"], "-o", folder["out"], "--name", "Net", "--runtime", "Tflm").MustSucceed("tinynas compile");
        StringAssert.Contains(File.ReadAllText(folder["out", "net_tflm.cc"]), "resolver.AddCustom(\"My \\042operator\\042\", net_tflm_register_my__operator_())");
        StringAssert.Contains(File.ReadAllText(folder["out", "net_tflm.h"]), "const TFLMRegistration* net_tflm_register_my__operator_();");
        CollectionAssert.AreEqual(model, File.ReadAllBytes(folder["out", "net.tflite"]));
        StringAssert.Contains(Run("inspect", folder["custom.tflite"]).MustSucceed("tinynas inspect").Output, "CUSTOM");
    }

    [TestMethod]
    public void ACustomOperatorOfTheLibrarysOwnIsRegisteredByItsMethod()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["delay.tflite"], ForeignModels.Custom("SignalDelay"));
        Run("compile", folder["delay.tflite"], "-o", folder["out"], "--name", "Net", "--runtime", "Tflm").MustSucceed("tinynas compile");
        StringAssert.Contains(File.ReadAllText(folder["out", "net_tflm.cc"]), "resolver.AddDelay()");
        Assert.IsFalse(File.ReadAllText(folder["out", "net_tflm.h"]).Contains("register", StringComparison.Ordinal));
    }

    /// <summary>The model with a last operator that there is no kernel for: HARD_SWISH (117), which has no options either, becomes ROUND (116).</summary>
    private static byte[] WithRound(string path)
    {
        Graph graph = TfliteReader.Read(File.ReadAllBytes(path), path);
        byte[] file = TfliteWriter.Write(graph with
        {
            Operators = graph.Operators.Add(new Operator(OperatorCode.HardSwish, [graph.Outputs[0]], [graph.Tensors.Length], OperatorOptions.None)),
            Tensors = graph.Tensors.Add(graph.Output with { Name = "rounded" }),
            Outputs = [graph.Tensors.Length],
        });
        for (int i = 0; i < file.Length; i++)
            if (file[i] == 117) file[i] = 116;
        return file;
    }

    private static CommandResult Run(params string[] arguments) =>
        Command.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), .. arguments]);
}
