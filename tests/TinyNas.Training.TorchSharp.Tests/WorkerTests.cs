using System.Text.Json;

namespace TinyNas.Training.TorchSharp.Tests;

/// <summary>The worker's own process, which finds the trainer by the path in its request.</summary>
[TestClass]
public class WorkerTests
{
    private static readonly string Trainer = Path.Combine(
        Repository.Root, "src", "TinyNas.Training.TorchSharp", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "TinyNas.Training.TorchSharp.dll");

    [TestMethod]
    public void ASearchTrainsWithTorchAndLeavesFirmware()
    {
        using var folder = new TemporaryFolder();
        CommandResult first = Search(folder, Trainer).MustSucceed("tinynas search");
        StringAssert.Contains(first.Output, "final training");
        Assert.IsTrue(File.Exists(folder["output", "firmware", "gesture.c"]), string.Join('\n', Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)));
        StringAssert.Contains(File.ReadAllText(folder["lock", "Gesture.lock.json"]), "\"Trainer\": \"TorchSharp\"");
        // Whoever has the lock needs no torch.
        Directory.Delete(folder["cache"], recursive: true);
        Search(folder, Trainer + ".gone").MustSucceed("tinynas search with a lock");
    }

    [TestMethod]
    public void WithoutLibtorchTheDiagnosticNamesThePackage()
    {
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { "TinyNas.Training.TorchSharp.dll", "TorchSharp.dll" }) CopyTo(folder, file);
        CommandResult result = Search(folder, folder["TinyNas.Training.TorchSharp.dll"]);
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Error, "App.csproj(2,1): error TNAS0512");
        StringAssert.Contains(result.Error, "TorchSharp-cpu");
    }

    /// <summary>A library that lacks what this TorchSharp calls, as one of another version may.</summary>
    [TestMethod]
    public void WithALibraryOfAnotherVersionTheDiagnosticSaysSo()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("makes a library as Linux has it");
        string gcc = Command.Require("gcc");
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { "TinyNas.Training.TorchSharp.dll", "TorchSharp.dll" }) CopyTo(folder, file);
        File.WriteAllText(folder["empty.c"], "int something_else(void) { return 0; }\n");
        Command.Run(gcc, ["-shared", "-fPIC", "-o", folder["libLibTorchSharp.so"], folder["empty.c"]]).MustSucceed("gcc");
        CommandResult result = Search(folder, folder["TinyNas.Training.TorchSharp.dll"]);
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Error, "error TNAS0511");
        StringAssert.Contains(result.Error, "entry point");
    }

    [TestMethod]
    public void WithoutTorchSharpTheDiagnosticNamesIt()
    {
        using var folder = new TemporaryFolder();
        CopyTo(folder, "TinyNas.Training.TorchSharp.dll");
        CommandResult result = Search(folder, folder["TinyNas.Training.TorchSharp.dll"]);
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Error, "error TNAS0511");
        StringAssert.Contains(result.Error, "TorchSharp");
    }

    private static void CopyTo(TemporaryFolder folder, string file) => File.Copy(Path.Combine(Path.GetDirectoryName(Trainer)!, file), folder[file]);

    private static CommandResult Search(TemporaryFolder folder, string trainer)
    {
        Recordings.Write(folder["data"]);
        string project = folder["App.csproj"];
        object Setting(string name, string value, int line) => new { name, value, file = project, line, column = 1 };
        File.WriteAllText(folder["request.json"], JsonSerializer.Serialize(new
        {
            schema = 1, packageVersion = "0.1.0", project, model = "Gesture", mode = "Search", rootNamespace = "App",
            cacheFolder = folder["cache"], outputFolder = folder["output"], lockFolder = folder["lock"],
            trainers = new[] { new { trainer = "TorchSharp", path = trainer } },
            settings = new[]
            {
                Setting("Data", "data", 1), Setting("Trainer", "TorchSharp", 2), Setting("TorchDevice", "cpu", 3), Setting("Ram", "16KiB", 4),
                Setting("Window", "16", 5), Setting("Stride", "8", 6), Setting("Trials", "2", 7), Setting("Epochs", "2", 8), Setting("FinalEpochs", "4", 9),
            },
        }));
        return Command.Run("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), "search", folder["request.json"]], folder.Path, keepInput: true);
    }
}
