using System.Text.Json;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Tests;

/// <summary>What a build does with <c>Model="…"</c> whose operators only TensorFlow Lite Micro runs.</summary>
[TestClass]
public class ForeignModelBuildTests
{
    [TestMethod]
    public void TheTflmRouteIsBuiltAndTheClassSaysWhyItComputesNothing()
    {
        using var folder = new TemporaryFolder();
        Build(folder, "Tflm").MustSucceed("the worker");
        string[] files = [.. Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!)];
        CollectionAssert.IsSubsetOf((string[])["net_tflm.cc", "net_tflm.h", "net_model_data.cc", "net.tflite", "net.bindings.txt"], files);
        CollectionAssert.DoesNotContain(files, "net.c");
        string bindings = File.ReadAllText(Directory.GetFiles(folder["out"], "net.bindings.txt", SearchOption.AllDirectories).Single());
        StringAssert.Contains(bindings, "\nstub Operator%0020CUSTOM%0020%0028Beamform%0029");
    }

    [TestMethod]
    public void TheCRouteIsRefusedByTheOperatorsName()
    {
        using var folder = new TemporaryFolder();
        CommandResult result = Build(folder, "C");
        Assert.AreEqual(1, result.ExitCode);
        StringAssert.Contains(result.Output + result.Error, "error TNAS0302: Operator CUSTOM (Beamform)");
        Assert.AreEqual(0, Directory.Exists(folder["out"]) ? Directory.GetFiles(folder["out"], "*.c*", SearchOption.AllDirectories).Length : 0);
    }

    private static CommandResult Build(TemporaryFolder folder, string runtime)
    {
        string project = folder["App.csproj"];
        File.WriteAllText(project, "<Project/>");
        File.WriteAllBytes(folder["beamform.tflite"], ForeignModels.Custom("Beamform"));
        var request = new RequestFile(
            RequestFile.CurrentSchema, "0.1.0", project, "Net", "Search", "App", folder["cache"], folder["out"], folder["lock"],
            [new Setting("Model", "beamform.tflite", project, 1, 1), new Setting("Runtime", runtime, project, 1, 1)]);
        File.WriteAllText(folder["request.json"], JsonSerializer.Serialize(request, JsonStyle.Indented));
        return Command.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), "search", folder["request.json"]], folder.Path);
    }
}
