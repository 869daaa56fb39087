using TinyNas.Model;
using TinyNas.Tool.Builds;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Tests;

[TestClass]
public class RequestTests
{
    private static RequestFile File(params (string Name, string Value)[] settings) => new(
        RequestFile.CurrentSchema, "0.1.0", "/project/App.csproj", "Gesture", "Search", "App", "/c", "/o", "/l",
        [.. settings.Select((s, i) => new Setting(s.Name, s.Value, "/project/App.csproj", 10 + i, 5))]);

    private static string[] Codes(params (string Name, string Value)[] settings) =>
        [.. ModelRequestReader.Read(File(settings)).Problems.Select(p => p.Diagnostic.Code)];

    [TestMethod]
    public void ExplicitFiguresBeatTheDevice()
    {
        var (request, problems) = ModelRequestReader.Read(File(("Data", "d"), ("Device", "stm32l412kb"), ("Ram", "20KiB")));
        Assert.AreEqual(0, problems.Count);
        Assert.AreEqual(new Budget(20480, 131072, 2_730_000), request!.Budget);
    }

    [TestMethod]
    public void ObjectiveAndConstraintsArePartOfTheKeyWhereTheyAreGiven()
    {
        var (plain, _) = ModelRequestReader.Read(File(("Data", "d")));
        var (given, problems) = ModelRequestReader.Read(File(("Data", "d"), ("Objective", "accuracy - 0.5*macs/2M"), ("Constraints", "agreement >= 0.95; flash <= 20KiB")));
        Assert.AreEqual(0, problems.Count);
        var (before, after) = (Fingerprint.Of(plain!, "x", null), Fingerprint.Of(given!, "x", null));
        CollectionAssert.AreEquivalent(new[] { "Objective", "Constraints" }, after.Keys.Except(before.Keys).ToArray(), "a lock without them stays valid");
        Assert.AreEqual("accuracy-2.5E-07*macs", after["Objective"]);
        Assert.AreEqual("agreement>=0.95; flash<=20480", after["Constraints"]);
    }

    [TestMethod]
    public void PathsAreRelativeToTheProject()
    {
        var (request, _) = ModelRequestReader.Read(File(("Data", "data/train")));
        Assert.AreEqual(Path.GetFullPath("/project/data/train"), request!.Data!.Path);
    }

    [TestMethod]
    [DataRow("Ram", "forty", "TNAS0002")]
    [DataRow("Macs", "many", "TNAS0002")]
    [DataRow("Device", "STM32X", "TNAS0003")]
    [DataRow("Input", "50x50", "TNAS0002")]
    [DataRow("BatchSize", "20", "TNAS0002")]
    [DataRow("LearningRate", "fast", "TNAS0002")]
    [DataRow("LearningRate", "1e-3, sawtooth", "TNAS0002")]
    [DataRow("Optimizer", "lion", "TNAS0002")]
    [DataRow("Optimizer", "adam, momentum=0.9", "TNAS0002")]
    [DataRow("Optimizer", "sgd, keras, pytorch", "TNAS0002")]
    [DataRow("FinalEpochs", "0", "TNAS0002")]
    [DataRow("FinalEpochs", "10, patience=2.5", "TNAS0002")]
    [DataRow("FinalEpochs", "10, hurry", "TNAS0002")]
    [DataRow("LabelSmoothing", "1", "TNAS0002")]
    [DataRow("Quantisation", "int4", "TNAS0002")]
    [DataRow("Quantisation", "aware, data-free", "TNAS0002")]
    [DataRow("Quantisation", "calibrated, lsq", "TNAS0002")]
    [DataRow("Quantisation", "aware, tqt, lsq", "TNAS0002")]
    [DataRow("Quantisation", "aware, weights=1", "TNAS0002")]
    [DataRow("Quantisation", "calibrated, percentile=50", "TNAS0002")]
    [DataRow("Teacher", "1", "TNAS0002")]
    [DataRow("Teacher", "3, share=2", "TNAS0002")]
    [DataRow("Prune", "1", "TNAS0002")]
    [DataRow("Prune", "some", "TNAS0002")]
    [DataRow("Prune", "0.3, taylor, l1", "TNAS0002")]
    [DataRow("Prune", "0.3, steps=0", "TNAS0002")]
    [DataRow("Space", "galaxy", "TNAS0002")]
    [DataRow("Runtime", "C;Java", "TNAS0002")]
    [DataRow("Latency", "50ms", "TNAS0002")]
    [DataRow("Objective", "beauty", "TNAS0002")]
    [DataRow("Objective", "accuracy 0.1*macs", "TNAS0002")]
    [DataRow("Constraints", "agreement=0.9", "TNAS0002")]
    [DataRow("Constraints", "energy<=2mJ", "TNAS0002")]
    [DataRow("Trainer", "Keras", "TNAS0002")]
    [DataRow("TorchDevice", "cuda", "TNAS0002")]
    [DataRow("Templates", "nowhere", "TNAS0002")]
    [DataRow("Rma", "40KiB", "TNAS0001")]
    public void AWrongSettingIsRefusedByName(string name, string value, string code)
    {
        var (request, problems) = ModelRequestReader.Read(File(("Data", "d"), (name, value)));
        Assert.IsNull(request);
        Assert.AreEqual(code, problems.Single().Diagnostic.Code);
        Assert.AreEqual(name, problems.Single().Setting);
    }

    [TestMethod]
    [DataRow("cpu", true)]
    [DataRow("cuda:1", true)]
    [DataRow("CUDA", true)]
    [DataRow("cuda:", false)]
    [DataRow("cuda:x", false)]
    [DataRow("mps", false)]
    public void ADeviceToTrainOnIsCheckedBeforeAnythingRuns(string device, bool good) =>
        CollectionAssert.AreEqual(good ? [] : new[] { "TNAS0002" }, Codes(("Data", "d"), ("Trainer", "torchsharp"), ("TorchDevice", device)));

    [TestMethod]
    public void TheKeyContainsTheTrainerAndNotItsDevice()
    {
        string Key(params (string, string)[] settings) => Fingerprint.Key(Fingerprint.Of(ModelRequestReader.Read(File([("Data", "d"), .. settings])).Request!, "", ""));
        Assert.AreEqual(Key(), Key(("Trainer", "managed")));
        Assert.AreNotEqual(Key(), Key(("Trainer", "TorchSharp")));
        Assert.AreEqual(Key(("Trainer", "TorchSharp")), Key(("Trainer", "TorchSharp"), ("TorchDevice", "cuda:1")));
    }

    [TestMethod]
    public void TheKeyContainsOptimiserAndSchedule()
    {
        string Key(params (string, string)[] settings) => Fingerprint.Key(Fingerprint.Of(ModelRequestReader.Read(File([("Data", "d"), .. settings])).Request!, "", ""));
        string[] keys =
        [
            Key(), Key(("Optimizer", "sgd, momentum=0.9")), Key(("Optimizer", "sgd, momentum=0.9, nesterov")), Key(("Optimizer", "sgd, momentum=0.9, clip-norm=1")),
            Key(("LearningRate", "1e-2")), Key(("LearningRate", "1e-2, step")), Key(("LearningRate", "1e-2, warm-up=0.1")),
            Key(("FinalEpochs", "30")), Key(("FinalEpochs", "30, patience=4")), Key(("LabelSmoothing", "0.1")), Key(("ClassWeights", "balanced")),
            Key(("Quantisation", "aware")), Key(("Quantisation", "aware, lsq")), Key(("Quantisation", "calibrated, kl")), Key(("Quantisation", "calibrated, equalise")), Key(("Quantisation", "calibrated, data-free")), Key(("Quantisation", "calibrated, weights=4")),
            Key(("Teacher", "3")), Key(("Teacher", "3, share=0.7")),
            Key(("Prune", "0.3")), Key(("Prune", "0.3, taylor")), Key(("Prune", "0.3, steps=2")),
        ];
        CollectionAssert.AllItemsAreUnique(keys);
        Assert.AreEqual(Key(), Key(("Quantisation", "Calibrated")));
        Assert.AreEqual(Key(("Optimizer", "sgd, momentum=0.9")), Key(("Optimizer", " SGD,keras ; momentum=0.90")));
    }

    /// <summary>Names and paths, which may be anything; they are judged against data, boards and folders.</summary>
    private static readonly string[] Free = ["Data", "TestData", "Label", "Group", "Namespace", "Model", "Augment", "ClassWeights"];

    [TestMethod]
    public void EverySettingOfAProjectIsReadOrRefusedByName()
    {
        string[] declared = [.. System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "targets", "TinyNas.Settings.targets"))
            .Descendants("_TinyNasSetting").Select(e => e.Attribute("Include")?.Value).OfType<string>()];
        Assert.IsGreaterThan(35, declared.Length);
        foreach (string name in declared)
        {
            var problems = ModelRequestReader.Read(File(("Data", "d"), (name, "~ no value ~"))).Problems;
            Assert.IsFalse(problems.Any(p => p.Diagnostic == DiagnosticCatalogue.UnknownSetting), name + " is declared and not read");
            if (!Free.Contains(name)) Assert.IsTrue(problems.Any(p => p.Setting == name), name + " is ignored");
        }
    }

    [TestMethod]
    public void AllMistakesAreReportedAtOnce() =>
        CollectionAssert.AreEquivalent(new[] { "TNAS0002", "TNAS0002", "TNAS0001", "TNAS0004" }, Codes(("Ram", "x"), ("Flash", "y"), ("Speed", "z")));

    [TestMethod]
    public void ADiagnosticStandsWhereTheSettingWasWritten()
    {
        RequestFile file = File(("Data", "d"), ("Ram", "forty"));
        var writer = new StringWriter();
        foreach (TinyNasException problem in ModelRequestReader.Read(file).Problems) new DiagnosticPrinter(file, writer).Print(problem);
        StringAssert.StartsWith(writer.ToString(), "/project/App.csproj(11,5): error TNAS0002: 'forty' is no valid value for 'Ram'");
    }
}
