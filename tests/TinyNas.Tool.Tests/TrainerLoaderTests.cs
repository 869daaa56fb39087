using TinyNas.Model;
using TinyNas.Tool.Requests;
using TinyNas.Tool.Trainers;
using TinyNas.Training;

namespace TinyNas.Tool.Tests;

[TestClass]
public class TrainerLoaderTests
{
    /// <summary>Some assembly of our own with this version, and no trainer in it.</summary>
    private static readonly string Ours = typeof(Graph).Assembly.Location;

    /// <summary>Somebody else's.</summary>
    private static readonly string Foreign = typeof(TestClassAttribute).Assembly.Location;

    [TestMethod]
    public void TheManagedTrainerNeedsNoPackage() => Assert.IsInstanceOfType<ManagedTrainer>(TrainerLoader.Load(Request("Managed")));

    [TestMethod]
    public void ATrainerWhosePackageIsNotReferencedIsADiagnosticThatNamesIt()
    {
        foreach (ModelRequest request in new[] { Request("TorchSharp"), Request("TorchSharp", Ours + ".gone") })
        {
            TinyNasException problem = Assert.ThrowsExactly<TinyNasException>(() => TrainerLoader.Load(request));
            Assert.AreEqual("TNAS0510", problem.Diagnostic.Code);
            Assert.AreEqual("Trainer", problem.Setting);
            StringAssert.Contains(problem.Message + problem.Diagnostic.Cure, "TinyNas.Training.TorchSharp");
        }
    }

    [TestMethod]
    public void ATrainerOfAnotherVersionIsADiagnostic()
    {
        TinyNasException problem = Assert.ThrowsExactly<TinyNasException>(() => TrainerLoader.Load(Request("TorchSharp", Foreign)));
        Assert.AreEqual("TNAS0511", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "version");
        problem = Assert.ThrowsExactly<TinyNasException>(() => TrainerLoader.Load(Request("TorchSharp", Ours)));
        StringAssert.Contains(problem.Message, "no trainer");
    }

    [TestMethod]
    public void FilesOfPackagesAreFoundByTheListOfWhatWasRestored()
    {
        using var folder = new TemporaryFolder();
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string native = $"runtimes/{system}-{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}/native";
        string[] files = ["lib/netstandard2.0/Torch.dll", "lib/net6.0/Torch.dll", "lib/net99.0/Torch.dll", $"{native}/libtorch_cpu.so", $"{native}/libgomp-1.so.1", $"{native}/notes.txt", "runtimes/other/native/libtorch_cpu.so"];
        Directory.CreateDirectory(folder["packages", "torch", "1.0.0"]);
        File.WriteAllText(folder["project.assets.json"], $$"""
            {
              "packageFolders": { {{Json(folder["empty"])}}: {}, {{Json(folder["packages"])}}: {} },
              "libraries": {
                "App/1.0.0": { "type": "project", "path": "App.csproj" },
                "Torch/1.0.0": { "type": "package", "path": "torch/1.0.0", "files": [{{string.Join(", ", files.Select(Json))}}] }
              }
            }
            """);
        PackageAssets assets = PackageAssets.Read(folder["project.assets.json"]);
        Assert.AreEqual(Path.Combine(folder.Path, "packages", "torch/1.0.0", "lib/net6.0/Torch.dll"), assets.FindAssembly("Torch"));
        Assert.IsNull(assets.FindAssembly("Other"));
        CollectionAssert.AreEqual(new[] { "libtorch_cpu.so", "libgomp-1.so.1" }, assets.Libraries.Select(Path.GetFileName).ToArray());
        Assert.AreEqual(assets.Libraries.First(), assets.FindLibrary("torch_cpu"));
        Assert.AreEqual(assets.Libraries.Last(), assets.FindLibrary("gomp-1"));
        Assert.IsNull(assets.FindLibrary("torch_cuda"));
        Assert.IsNull(PackageAssets.Read(folder["none.json"]).FindAssembly("Torch"));
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static ModelRequest Request(string trainer, string? assembly = null) => new()
    {
        File = new RequestFile(RequestFile.CurrentSchema, "0.1.0", "/project/App.csproj", "Gesture", "Search", "App", "/c", "/o", "/l", [],
            Trainers: assembly is null ? null : [new TrainerAssembly("TorchSharp", assembly)]),
        Mode = BuildMode.Search,
        Trainer = trainer,
    };
}
