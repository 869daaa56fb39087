namespace TinyNas.Build.Tests;

/// <summary>However a build ends, its worker ends with it and finished trials are kept; with the package's own worker.</summary>
[TestClass]
public class InterruptTests
{
    private const string Item = "<TinyNasModel Include=\"Gesture\" Data=\"data\" Window=\"16\" Stride=\"8\" />";
    // One trial at a time and a long training at the end: even a fast machine is still at work when the signal arrives.
    private const string Slow = "<TinyNasRam>16KiB</TinyNasRam><TinyNasFlash>64KiB</TinyNasFlash><TinyNasWorkers>1</TinyNasWorkers><TinyNasTrials>30</TinyNasTrials><TinyNasEpochs>150</TinyNasEpochs><TinyNasFinalEpochs>1000</TinyNasFinalEpochs>";

    // Neither of two searches may come to its end while the other has not begun, however unfairly a busy machine treats them.
    private const string Endless = "<TinyNasRam>16KiB</TinyNasRam><TinyNasFlash>64KiB</TinyNasFlash><TinyNasWorkers>1</TinyNasWorkers><TinyNasSpace>mlp</TinyNasSpace><TinyNasStrategy>random</TinyNasStrategy><TinyNasTrials>100000</TinyNasTrials><TinyNasEpochs>150</TinyNasEpochs>";

    [TestMethod]
    public async Task WhateverEndsABuildTheNextOneGoesOn()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("looks at processes as Linux lists them");
        using Consumer consumer = Prepare(Slow);
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
        using Consumer consumer = PrepareTwo(out string root, out string[] caches);
        int[] kept = [0, 0];
        bool BothAdvanced() => caches.Zip(kept).All(c => Journal.Trials(c.First).Length > c.Second);
        foreach (Signal signal in new[] { Signal.Interrupt, Signal.Terminate, Signal.Kill })
        {
            await InterruptedBuild.Run(root, BothAdvanced, signal, "all.proj", "-m:2");
            Assert.IsTrue(BothAdvanced(), $"{signal}: finished trials are kept");
            kept = [.. caches.Select(c => Journal.Trials(c).Length)];
        }
    }

    [TestMethod]
    public async Task NodesWithoutABuildEndAlsoWhenNobodyTellsThem()
    {
        if (!OperatingSystem.IsLinux()) Assert.Inconclusive("looks at processes as Linux lists them");
        using Consumer consumer = PrepareTwo(out string root, out string[] caches);
        // Nodes are shared between the builds of a user unless their handshakes differ; these are to be killed.
        var reusing = new Dictionary<string, string?>(DotNet.Environment) { ["MSBUILDDISABLENODEREUSE"] = null, ["MSBUILDNODEHANDSHAKESALT"] = consumer.Folder };
        foreach (bool reused in new[] { false, true })
        {
            if (reused) Command.Run("dotnet", ["build", "all.proj", "-t:Warm", "-m:2", "-nr:true", "--nologo", "--no-restore"], root, reusing).MustSucceed("a build that leaves nodes");
            int[] kept = [.. caches.Select(c => Journal.Trials(c).Length)];
            bool Advanced(int trials) => caches.Zip(kept).All(c => Journal.Trials(c.First).Length >= c.Second + trials);
            await InterruptedBuild.RunUnheard(root, () => Advanced(1), () => Advanced(2), reused ? reusing : DotNet.Environment, "all.proj", "-m:2", "-nr:" + reused);
        }
    }

    /// <summary>Two projects, and a third that builds both at once.</summary>
    private static Consumer PrepareTwo(out string root, out string[] caches)
    {
        Consumer consumer = Prepare(Endless);
        root = Path.GetDirectoryName(consumer.Folder)!;
        string other = Path.Combine(root, "Other");
        Directory.CreateDirectory(other);
        foreach (string file in new[] { "nuget.config", "App.csproj", "Program.cs" })
            consumer.Write(Path.Combine("..", "Other", file.Replace("App", "Other")), File.ReadAllText(consumer[file]).Replace("\"data\"", "\"../App/data\" Seed=\"2\""));
        consumer.Write("../all.proj", """
            <Project>
              <Target Name="Build"><MSBuild Projects="App/App.csproj;Other/Other.csproj" BuildInParallel="true" /></Target>
              <Target Name="Warm"><MSBuild Projects="App/App.csproj;Other/Other.csproj" Targets="GetTargetPath" BuildInParallel="true" /></Target>
            </Project>
            """);
        DotNet.Run(other, "restore").MustSucceed("restore");
        caches = [consumer.Cache, Path.Combine(other, "obj", "tinynas")];
        return consumer;
    }

    private static Consumer Prepare(string properties)
    {
        var consumer = new Consumer(Item, properties);
        consumer.WriteRecordings(files: 12);
        consumer.DotNetRun("restore").MustSucceed("restore");
        return consumer;
    }
}
