using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class FirmwareEmitterTests
{
    [TestMethod]
    public void EveryFileOfTheContractIsEmitted() => CollectionAssert.AreEquivalent(
        (string[])["net.tflite", "net.h", "net.c", "net_selftest.c", "net_tflm.h", "net_tflm.cc", "net_model_data.cc", "net.manifest.json", "report.html", "CMakeLists.txt", "zephyr/module.yml", "zephyr/CMakeLists.txt", "zephyr/Kconfig",
            "arduino/library.properties", "arduino/examples/SelfTest/SelfTest.ino", "arduino/src/net.h", "arduino/src/net.c", "arduino/src/net_selftest.c", "summary.md"],
        Emit(Networks.Random(1)).Keys.ToArray());

    [TestMethod]
    public void TwoEmissionsAreEqualBytes()
    {
        var first = Emit(Networks.NanoNas(3, 2), Card());
        var second = Emit(Networks.NanoNas(3, 2), Card());
        foreach (var (name, content) in first) Assert.AreEqual(content, second[name], name);
    }

    [TestMethod]
    public void FilesHoldNoCarriageReturnAndNoPath()
    {
        foreach (var (name, content) in Emit(Networks.Random(1), Card()))
        {
            if (name.EndsWith(".tflite", StringComparison.Ordinal)) continue;
            Assert.IsFalse(content.Contains('\r'), name);
            Assert.IsFalse(content.Contains(Repository.Root, StringComparison.Ordinal), name);
            Assert.IsTrue(content.EndsWith('\n'), name);
        }
    }

    [TestMethod]
    public void TheEmittedModelReadsBackAsTheSameFile()
    {
        Graph graph = Networks.NanoNas(3, 2, 20);
        byte[] file = [.. FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited)).Single(f => f.Name == "net.tflite").Content.Span];
        CollectionAssert.AreEqual(file, TfliteWriter.Write(TfliteReader.Read(file, "net")));
    }

    [TestMethod]
    public void HostileNamesDoNotEndCommentsInC()
    {
        var files = Emit(Networks.Random(1), new ModelCard("Net */ int x;"));
        Assert.IsFalse(files["net_int_x.c"].Contains("*/ int x;", StringComparison.Ordinal));
    }

    [TestMethod]
    public void TheManifestHasFiguresPlanAndHashes()
    {
        var files = FirmwareEmitter.Emit(new EmissionRequest(Networks.Random(1), Card(), new Budget(Ram: 40960)));
        using var manifest = JsonDocument.Parse(files.Single(f => f.Name == "net.manifest.json").Content);
        JsonElement root = manifest.RootElement;
        Assert.AreEqual(40960, root.GetProperty("budget").GetProperty("ram").GetInt64());
        Assert.AreEqual(root.GetProperty("plan").GetProperty("arenaBytes").GetInt64(), root.GetProperty("estimate").GetProperty("ram").GetProperty("c").GetInt64());
        foreach (JsonProperty hash in root.GetProperty("sha256").EnumerateObject())
            Assert.AreEqual(Convert.ToHexStringLower(SHA256.HashData(files.Single(f => f.Name == hash.Name).Content.Span)), hash.Value.GetString());
        Assert.AreEqual(files.Count - 1, root.GetProperty("sha256").EnumerateObject().Count());
    }

    [TestMethod]
    public void AFolderOfTemplatesReplacesBuiltInText()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.h.hbs"], "/* ours: {{n}} {{N}} */\n{{macros}}\n");
        var files = Emit(Networks.Random(1), null, folder.Path);
        StringAssert.StartsWith(files["net.h"], "/* ours: net NET */\n#define NET_ARENA_BYTES");
        Assert.AreEqual(Emit(Networks.Random(1))["net.c"], files["net.c"]);
    }

    [TestMethod]
    [DataRow("{{#if}}")]
    [DataRow("{{noSuchValue}}")]
    [DataRow("{{#each macros}}")]
    public void ABrokenTemplateIsADiagnosticThatNamesTheFile(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.h.hbs"], text);
        var problem = Assert.ThrowsExactly<TinyNasException>(() => Emit(Networks.Random(1), null, folder.Path));
        Assert.AreEqual("TNAS0312", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "model.h.hbs");
    }

    [TestMethod]
    [DataRow(7_000, null, null, "Ram")]
    [DataRow(null, 10_000, null, "Flash")]
    [DataRow(null, null, 1_000_000, "Macs")]
    public void AModelOverBudgetIsADiagnosticWithFigureLimitAndOperator(int? ram, int? flash, int? macs, string setting)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(
            () => FirmwareEmitter.Emit(new EmissionRequest(Networks.NanoNas(8, 3), new ModelCard("Net"), new Budget(ram, flash, macs))));
        Assert.AreEqual("TNAS0220", problem.Diagnostic.Code);
        Assert.AreEqual(setting, problem.Setting);
        StringAssert.Contains(problem.Message, "CONV_2D");
        StringAssert.Contains(problem.Message, (ram ?? flash ?? macs)!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestMethod]
    public void TheTflmRouteRegistersEachOperatorOnce()
    {
        string code = Emit(Networks.NanoNas(3, 2, 20))["net_tflm.cc"];
        StringAssert.Contains(code, "MicroMutableOpResolver<5> resolver");
        Assert.AreEqual(5, code.Split("resolver.Add").Length - 1);
        StringAssert.Contains(code, "Register_CONV_2D_INT8()");
    }

    private static ModelCard Card() => new("Net")
    {
        Task = "Classify",
        Labels = ["left", "right"],
        Input = InputEncoding.CameraBytes(3),
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("accuracyInt8", 0.75),
        Confusion = [[3, 1], [0, 4]],
        Trace =
        [
            new("(1,0)", "Completed", 0.5, ImmutableSortedDictionary<string, double>.Empty.Add("macs", 1000).Add("ram", 200)),
            new("(3,2)", "Completed", 0.75, ImmutableSortedDictionary<string, double>.Empty.Add("macs", 5000).Add("ram", 900)),
            new("(9,2)", "Infeasible", 0, ImmutableSortedDictionary<string, double>.Empty, "RAM"),
        ],
    };

    private static Dictionary<string, string> Emit(Graph graph, ModelCard? card = null, string? templates = null) =>
        FirmwareEmitter.Emit(new EmissionRequest(graph, card ?? new ModelCard("Net"), Budget.Unlimited) { TemplatesFolder = templates })
            .ToDictionary(f => f.Name, f => f.Name.EndsWith(".tflite", StringComparison.Ordinal) ? Convert.ToHexString(f.Content.Span) : Encoding.UTF8.GetString(f.Content.Span));
}
