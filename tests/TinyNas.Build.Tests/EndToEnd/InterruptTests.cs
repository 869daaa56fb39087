namespace TinyNas.Build.Tests;

/// <summary>However a build ends, its worker ends with it and finished trials are kept; with the package's own worker.</summary>
[TestClass]
public class InterruptTests
{
    private const string Item = "<TinyNasModel Include=\"Gesture\" Data=\"data\" Window=\"16\" Stride=\"8\" />";
    // One trial at a time and a long training at the end: even a fast machine is still at work when the signal arrives.
    private const string Slow = "<TinyNasRam>16KiB</TinyNasRam><TinyNasFlash>64KiB</TinyNasFlash><TinyNasWorkers>1</TinyNasWorkers><TinyNasTrials>30</TinyNasTrials><TinyNasEpochs>150</TinyNasEpochs><TinyNasFinalEpochs>1000</TinyNasFinalEpochs>";

    [TestMethod]
    public async Task WhateverEndsABuildTheNextOneGoesOn()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("looks at processes as Linux lists them");
        using Consumer consumer = Prepare();
        string[] kept = [];
        foreach (var (signal, terminal) in new[] { (Signal.Interrupt, false), (Signal.Terminate, false), (Signal.Kill, false), (Signal.Interrupt, true), (Signal.Kill, true) })
        {
            int wanted = kept.Length + 1;
            bool Moment() => Journal.Trials(consumer.Cache).Length >= wanted;
            CommandResult stopped = terminal
                ? await InterruptedBuild.RunInTerminal(consumer.Folder, Moment, signal)
                : await InterruptedBuild.Run(consumer, Moment, signal);
            // SIGTERM lets dotnet build exit with 0 although nothing was built: hence the advice to check what was made.
            if (signal == Signal.Interrupt) Assert.AreNotEqual(0, stopped.ExitCode, stopped.Output);
            Assert.IsFalse(File.Exists(consumer["tinynas/Gesture.lock.json"]), "the search had already ended");
            string[] now = Journal.Trials(consumer.Cache);
            CollectionAssert.AreEqual(kept, now[..kept.Length], $"{signal}: finished trials stay as they were");
            kept = now;
        }

        consumer.Build("--no-restore");
        string log = File.ReadAllText(Path.Combine(consumer.Cache, "models", "Gesture", "worker.log"));
        Assert.HasCount(kept.Length + 1, log.Split(", from the journal"), log);
        Assert.IsTrue(File.Exists(consumer["bin/Debug/net10.0/firmware/Gesture/gesture.c"]));
    }

    [TestMethod]
    public async Task SearchesInSeveralNodesEndTogether()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("looks at processes as Linux lists them");
        using Consumer consumer = Prepare();
        string root = Path.GetDirectoryName(consumer.Folder)!, other = Path.Combine(root, "Other");
        Directory.CreateDirectory(other);
        foreach (string file in new[] { "nuget.config", "App.csproj", "Program.cs" })
            consumer.Write(Path.Combine("..", "Other", file.Replace("App", "Other")), File.ReadAllText(consumer[file]).Replace("\"data\"", "\"../App/data\" Seed=\"2\""));
        consumer.Write("../all.proj", "<Project><Target Name=\"Build\"><MSBuild Projects=\"App/App.csproj;Other/Other.csproj\" BuildInParallel=\"true\" /></Target></Project>");
        DotNet.Run(other, "restore").MustSucceed("restore");

        string[] caches = [consumer.Cache, Path.Combine(other, "obj", "tinynas")];
        int[] kept = [0, 0];
        foreach (Signal signal in new[] { Signal.Interrupt, Signal.Terminate, Signal.Kill })
        {
            await InterruptedBuild.Run(root, () => caches.Zip(kept).All(c => Journal.Trials(c.First).Length > c.Second), signal, "all.proj", "-m:2");
            int[] now = [.. caches.Select(c => Journal.Trials(c).Length)];
            Assert.IsTrue(now.Zip(kept).All(n => n.First > n.Second), $"{signal}: finished trials are kept");
            kept = now;
        }
    }

    private static Consumer Prepare()
    {
        var consumer = new Consumer(Item, Slow);
        consumer.WriteRecordings(files: 12);
        consumer.DotNetRun("restore").MustSucceed("restore");
        return consumer;
    }
}
