using TinyNas.Model;
using TinyNas.Tool.Builds;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Tests;

/// <summary>What a build does with <c>Model="…"</c> whose operators only TensorFlow Lite Micro runs.</summary>
[TestClass]
public class ForeignModelBuildTests
{
    [TestMethod]
    public async Task TheTflmRouteIsBuiltAndTheClassSaysWhyItComputesNothing()
    {
        using var folder = new TemporaryFolder();
        await Build(folder, "Tflm");
        string[] files = [.. Directory.GetFiles(folder["out"], "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!)];
        CollectionAssert.IsSubsetOf((string[])["net_tflm.cc", "net_tflm.h", "net_model_data.cc", "net.tflite", "net.bindings.txt"], files);
        CollectionAssert.DoesNotContain(files, "net.c");
        string bindings = File.ReadAllText(Directory.GetFiles(folder["out"], "net.bindings.txt", SearchOption.AllDirectories).Single());
        StringAssert.Contains(bindings, "\nstub Operator%0020CUSTOM%0020%0028Beamform%0029");
    }

    [TestMethod]
    public async Task TheCRouteIsRefusedByTheOperatorsName()
    {
        using var folder = new TemporaryFolder();
        var problem = await Assert.ThrowsExactlyAsync<TinyNasException>(() => Build(folder, "C"));
        Assert.AreEqual("TNAS0302", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "Operator CUSTOM (Beamform)");
        Assert.AreEqual(0, Directory.Exists(folder["out"]) ? Directory.GetFiles(folder["out"], "*.c*", SearchOption.AllDirectories).Length : 0);
    }

    private static async Task Build(TemporaryFolder folder, string runtime)
    {
        string project = folder["App.csproj"];
        File.WriteAllText(project, "<Project/>");
        File.WriteAllBytes(folder["beamform.tflite"], ForeignModels.Custom("Beamform"));
        var file = new RequestFile(
            RequestFile.CurrentSchema, "0.1.0", project, "Net", "Search", "App", folder["cache"], folder["out"], folder["lock"],
            [new Setting("Model", "beamform.tflite", project, 1, 1), new Setting("Runtime", runtime, project, 1, 1)]);
        var (request, problems) = ModelRequestReader.Read(file);
        Assert.AreEqual(0, problems.Count);
        await new ModelBuild(request!, new DiagnosticPrinter(file, TextWriter.Null), _ => { }).RunAsync(CancellationToken.None);
    }
}
