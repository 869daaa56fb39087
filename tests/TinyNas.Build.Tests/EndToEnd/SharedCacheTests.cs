namespace TinyNas.Build.Tests;

/// <summary>Projects and data that get in each other's way if the build lets them; with the package's own worker.</summary>
[TestClass]
public class SharedCacheTests
{
    private const string Quick = "<TinyNasRam>16KiB</TinyNasRam><TinyNasFlash>64KiB</TinyNasFlash><TinyNasTrials>1</TinyNasTrials><TinyNasEpochs>2</TinyNasEpochs><TinyNasFinalEpochs>2</TinyNasFinalEpochs>";

    [TestMethod]
    public void TwoProjectsWithOneKeyAndOneCacheSearchOnceAndKeepTheirOwnClasses()
    {
        using var consumer = new Consumer("<TinyNasModel Include=\"Gesture\" Data=\"../App/data\" Window=\"16\" />", Quick + "<TinyNasCacheFolder>../cache</TinyNasCacheFolder>");
        consumer.WriteRecordings();
        foreach (string file in new[] { "nuget.config", "App.csproj", "Program.cs" })
            consumer.Write(Path.Combine("..", "Other", file.Replace("App", "Other")), File.ReadAllText(consumer[file]));
        consumer.Write("../all.proj", "<Project><Target Name=\"Build\"><MSBuild Projects=\"App/App.csproj;Other/Other.csproj\" BuildInParallel=\"true\" /></Target></Project>");
        string root = Path.GetDirectoryName(consumer.Folder)!;
        foreach (string project in new[] { "App", "Other" }) DotNet.Run(Path.Combine(root, project), "restore").MustSucceed("restore");
        string output = DotNet.Run(root, "build", "all.proj", "--no-restore", "-m:2", "-tl:off", "--nologo").MustSucceed("build").Output;
        Assert.HasCount(2, output.Split("trial 1 ("), output);
        foreach (string project in new[] { "App", "Other" })
            StringAssert.Contains(File.ReadAllText(Path.Combine(root, project, "obj", "tinynas", "models", "Gesture", "gesture.bindings.txt")), $"namespace {project}\n");

        consumer.Write("../cache/mine.txt", "not of a search");
        consumer.DotNetRun("build", "-t:TinyNasClean").MustSucceed("TinyNasClean");
        Assert.IsTrue(File.Exists(Path.Combine(root, "cache", "mine.txt")), "a cache folder of the user's own choice may hold other things");
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(root, "cache"), "model.tflite", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void AProjectWhoseOwnFolderIsTheDataIsBuiltOnceAndGoesBackToEarlierResults()
    {
        using var consumer = new Consumer("<TinyNasModel Include=\"Gesture\" Data=\".\" Window=\"16\" />", Quick);
        consumer.WriteRecordings();
        // What a build copies holds the same recordings again; as data they would change with every build.
        consumer.Write("App.csproj", File.ReadAllText(consumer["App.csproj"]).Replace("</Project>", "<ItemGroup><None Update=\"data/*.csv\" CopyToOutputDirectory=\"Always\" /></ItemGroup></Project>"));
        string log = Path.Combine(consumer.Cache, "models", "Gesture", "worker.log");
        consumer.Build();
        StringAssert.Contains(File.ReadAllText(log), "trial 1 (");
        DateTime first = File.GetLastWriteTimeUtc(log);
        consumer.Build("--no-restore");
        Assert.AreEqual(first, File.GetLastWriteTimeUtc(log), "nothing changed");

        foreach (string file in Directory.GetFiles(consumer["data"])) File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        consumer.Build("--no-restore");
        Assert.AreNotEqual(first, File.GetLastWriteTimeUtc(log), "the worker looks at what was touched");
        Assert.IsFalse(File.ReadAllText(log).Contains("trial 1 ("), "and searches nothing");

        string before = File.ReadAllText(consumer["tinynas/Gesture.lock.json"]), project = File.ReadAllText(consumer["App.csproj"]);
        consumer.Write("App.csproj", project.Replace("16KiB", "15KiB"));
        consumer.Build("--no-restore");
        StringAssert.Contains(File.ReadAllText(log), "trial 1 (");
        consumer.Write("App.csproj", project);
        consumer.Build("--no-restore");
        Assert.IsFalse(File.ReadAllText(log).Contains("trial 1 ("), "the first budget's result is still there");
        Assert.AreEqual(before, File.ReadAllText(consumer["tinynas/Gesture.lock.json"]));
    }
}
