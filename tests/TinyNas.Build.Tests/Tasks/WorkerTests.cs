using System.Diagnostics;
using Microsoft.Build.Framework;

namespace TinyNas.Build.Tests;

[TestClass]
public class WorkerTests
{
    [TestMethod]
    public void ProgressIsShownAndTheBuildYieldsMeanwhile()
    {
        using TaskProject project = Doing("ok");
        Assert.IsTrue(project.Build());
        Assert.IsTrue(project.Engine.Messages.Any(m => m.Importance == MessageImportance.High && m.Message == "1 of 1 trained, Zürich"));
        CollectionAssert.AreEqual(new[] { "yield", "reacquire" }, project.Engine.Yields);
    }

    [TestMethod]
    public void ACrashNamesTheLogThatHoldsTheWorkersLastWords()
    {
        using TaskProject project = Doing("crash");
        Assert.IsFalse(project.Build());
        BuildErrorEventArgs error = project.Engine.Errors.Single();
        string log = Path.Combine(project.OutputFolder, "worker.log");
        Assert.AreEqual(("TNAS0501", 3), (error.Code, error.LineNumber));
        StringAssert.Contains(error.Message, log);
        StringAssert.Contains(File.ReadAllText(log), "Something broke.");
    }

    [TestMethod]
    public void AFailedBuildLeavesTheEarlierResult()
    {
        using TaskProject project = Doing("ok");
        Assert.IsTrue(project.Build());
        project.Properties["Strategy"] = "crash";
        Assert.IsFalse(project.Build());
        project.Properties["Strategy"] = "ok";
        Assert.IsEmpty(project.Check().Stale, "going back finds what was there");
    }

    [TestMethod]
    public async Task CancellingClosesTheWorkersInputAndLetsItKeepItsWork()
    {
        using TaskProject project = Doing("slow");
        var builder = project.Builder();
        Task<bool> building = Task.Run(builder.Execute);
        await Started(project);
        builder.Cancel();
        Assert.IsFalse(await building);
        Assert.IsTrue(File.Exists(Path.Combine(project.OutputFolder, "kept.txt")));
        Assert.IsEmpty(project.Engine.Errors, "who cancels needs no error");
    }

    [TestMethod]
    public async Task AWorkerThatDoesNotListenIsKilled()
    {
        using TaskProject project = Doing("deaf");
        var builder = project.Builder();
        Task<bool> building = Task.Run(builder.Execute);
        await Started(project);
        var clock = Stopwatch.StartNew();
        builder.Cancel();
        Assert.IsFalse(await building);
        Assert.IsLessThan(15, clock.Elapsed.TotalSeconds);
        int worker = int.Parse(File.ReadAllText(Path.Combine(project.OutputFolder, "started.txt")), null);
        Assert.IsFalse(Process.GetProcesses().Any(p => p.Id == worker), "no orphan");
    }

    [TestMethod]
    public void ASearchThatStopsByItselfSaysThatItGoesOnNextTime()
    {
        using TaskProject project = Doing("stopped");
        Assert.IsFalse(project.Build());
        Assert.AreEqual("TNAS0502", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public async Task TwoBuildsAtOnceSearchOnce()
    {
        using TaskProject project = Doing("pause");
        var builders = new[] { project.Builder(), project.Builder() };
        bool[] results = await Task.WhenAll(builders.Select(b => Task.Run(b.Execute)));
        CollectionAssert.AreEqual(new[] { true, true }, results);
        Assert.HasCount(1, project.Runs);
        Assert.IsTrue(builders.All(b => b.Results.Length == 1));
    }

    [TestMethod]
    public void AMissingHostIsADiagnosticAndNoException()
    {
        using TaskProject project = Doing("ok");
        var builder = project.Builder();
        builder.DotNetHost = Path.Combine(project.Folder, "no-such-dotnet");
        Assert.IsFalse(builder.Execute());
        Assert.AreEqual("TNAS0505", project.Engine.Errors.Single().Code);
    }

    [TestMethod]
    public void AFolderThatCannotBeWrittenIsADiagnostic()
    {
        using TaskProject project = Doing("ok");
        // A file where the folder should be fails everywhere, also for an administrator whom permissions do not stop.
        project.Write("obj/tinynas", "");
        Assert.IsFalse(project.Build());
        Assert.AreEqual("TNAS0504", project.Engine.Errors.Single().Code);
    }

    private static TaskProject Doing(string what)
    {
        var project = new TaskProject();
        project.Properties["Strategy"] = what;
        return project;
    }

    private static async Task Started(TaskProject project)
    {
        for (int i = 0; i < 600 && !(File.Exists(Path.Combine(project.OutputFolder, "started.txt"))); i++) await Task.Delay(50);
        await Task.Delay(200);
    }
}
