namespace TinyNas.Build.Tests;

/// <summary>Each sample's project file works outside the repository, with the package.</summary>
[TestClass]
public class SampleTests
{
    [TestMethod]
    public void GesturesAreSearchedTrainedAndToldApart()
    {
        using Consumer sample = Copy("01-Gestures");
        sample.Build("-p:TinyNasTrials=3", "-p:TinyNasEpochs=20", "-p:TinyNasFinalEpochs=20");
        StringAssert.Contains(Run(sample, "Gestures"), " right");
    }

    [TestMethod]
    public void AModelThatIsBroughtAlongIsPlannedAndEmitted()
    {
        using Consumer sample = Copy("04-BringYourOwnModel");
        sample.Build();
        StringAssert.StartsWith(Run(sample, "Gestures"), "96 values in, 4 out: ");
        Assert.IsTrue(File.Exists(sample["bin/Debug/net10.0/firmware/Gesture/gesture.c"]));
        CollectionAssert.AreEqual(File.ReadAllBytes(sample["gesture.tflite"]), File.ReadAllBytes(sample["bin/Debug/net10.0/firmware/Gesture/gesture.tflite"]));
    }

    [TestMethod]
    public void TwoModelsOfOneProjectKeepTheirOwnBudgets()
    {
        using Consumer sample = Copy("07-TwoModels");
        sample.Build("-p:TinyNasDataRoot=" + Path.Combine(Samples, "01-Gestures", "data"), "-p:TinyNasTrials=1", "-p:TinyNasEpochs=1", "-p:TinyNasFinalEpochs=1");
        StringAssert.Contains(Run(sample, "TwoModels"), "watcher (");
        foreach (string file in new[] { "Gesture/gesture.c", "Watcher/watcher.c" }) Assert.IsTrue(File.Exists(sample["bin/Debug/net10.0/firmware/" + file]), file);
    }

    [TestMethod]
    public void ALockBuildsWithoutItsData()
    {
        using Consumer sample = Copy("05-LockedCi");
        CommandResult built = sample.Build();
        Assert.IsFalse(built.Output.Contains("trial 1 ("), built.Output);
        StringAssert.Contains(built.Output, "taking the data of the lock on its word");
        StringAssert.StartsWith(Run(sample, "Gestures"), "lying still: ");
        CollectionAssert.AreEqual(File.ReadAllBytes(sample["tinynas/Gesture.tflite"]), File.ReadAllBytes(sample["bin/Debug/net10.0/firmware/Gesture/gesture.tflite"]));
    }

    private static string Samples => Path.Combine(Repository.Root, "samples");

    private static string Run(Consumer sample, string program) => sample.DotNetRun("exec", $"bin/Debug/net10.0/{program}.dll").MustSucceed(program).Output;

    private static Consumer Copy(string name)
    {
        var consumer = new Consumer();
        File.Delete(consumer["App.csproj"]);
        CopyFolder(consumer, name, "");
        string project = Directory.GetFiles(consumer.Folder, "*.csproj").Single();
        File.WriteAllText(project, File.ReadAllText(project).Replace("Version=\"0.1.0\"", $"Version=\"{Package.Version}\""));
        return consumer;
    }

    // What git has of it: a build of the sample in the checkout may have left bin, obj and a lock of its own.
    private static void CopyFolder(Consumer consumer, string sample, string below)
    {
        string root = Path.Combine(Samples, sample);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(root, below), "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(root, file).Replace('\\', '/');
            bool made = relative.StartsWith("bin/", StringComparison.Ordinal) || relative.StartsWith("obj/", StringComparison.Ordinal)
                || (relative.StartsWith("tinynas/", StringComparison.Ordinal) && sample != "05-LockedCi");
            if (made) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(consumer[relative])!);
            File.Copy(file, consumer[relative], overwrite: true);
        }
    }
}
