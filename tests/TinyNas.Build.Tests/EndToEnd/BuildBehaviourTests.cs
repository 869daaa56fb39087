namespace TinyNas.Build.Tests;

/// <summary>How the targets behave in real builds, with a worker that answers at once and counts its starts.</summary>
[TestClass]
public class BuildBehaviourTests
{
    [TestMethod]
    public void OneSearchServesAllFrameworksAndConfigurations()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker(), frameworks: "net10.0;net10.0-windows");
        consumer.Build("-m:2");
        Assert.HasCount(1, consumer.Runs);
        consumer.Build("-c", "Release", "-graph");
        Assert.HasCount(1, consumer.Runs);
        foreach (string output in new[] { "Debug/net10.0", "Debug/net10.0-windows", "Release/net10.0" })
            Assert.IsTrue(File.Exists(consumer[$"bin/{output}/firmware/Gesture/model.c"]), output);

        // Isolated builds refuse calls that the graph does not know of; the project's call of itself is none of those.
        consumer.Write("App.csproj", File.ReadAllText(consumer["App.csproj"]).Replace("16KiB", "15KiB"));
        consumer.Build("-graph", "-isolate", "-m:2");
        Assert.HasCount(2, consumer.Runs);
        StringAssert.Contains(File.ReadAllText(consumer["bin/Debug/net10.0/firmware/Gesture/model.c"]), "15KiB");
    }

    [TestMethod]
    public void SettingsUnderAConditionOnTheFrameworkAreRefused()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker(), frameworks: "net10.0;net10.0-windows");
        consumer.Write("Directory.Build.targets", "<Project><PropertyGroup><TinyNasFlash Condition=\"'$(TargetFramework)' == 'net10.0'\">64KiB</TinyNasFlash></PropertyGroup></Project>");
        CommandResult result = consumer.TryBuild();
        Assert.AreEqual(1, result.ExitCode, result.Output);
        StringAssert.Contains(result.Output, "error TNAS0503");
    }

    [TestMethod]
    public void ADesignTimeBuildStartsNothingAndKnowsTheClass()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker());
        consumer.DotNetRun("restore").MustSucceed("restore");
        string[] design = ["msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs"];
        StringAssert.Contains(consumer.DotNetRun(design).MustSucceed("design-time build").Output, "stub.bindings.txt");
        Assert.IsEmpty(consumer.Runs);
        consumer.Build();
        Assert.HasCount(1, consumer.Runs);
        consumer.Write("App.csproj", File.ReadAllText(consumer["App.csproj"]).Replace("16KiB", "15KiB"));
        StringAssert.Contains(consumer.DotNetRun(design).MustSucceed("design-time build").Output, "model.bindings.txt");
        Assert.HasCount(1, consumer.Runs, "a result that is out of date serves an editor well enough");
    }

    [TestMethod]
    public void CleanKeepsResultsAndTinyNasCleanDropsThem()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker());
        string firmware = consumer["bin/Debug/net10.0/firmware/Gesture/arduino/model.h"];
        consumer.Build();
        Assert.IsTrue(File.Exists(firmware));
        consumer.DotNetRun("clean").MustSucceed("clean");
        Assert.IsFalse(File.Exists(firmware));
        consumer.Build();
        Assert.IsTrue(File.Exists(firmware));
        Assert.HasCount(1, consumer.Runs);
        consumer.DotNetRun("build", "-t:TinyNasClean").MustSucceed("TinyNasClean");
        Assert.IsFalse(Directory.Exists(consumer.Cache));
    }

    [TestMethod]
    public void ABuildWithNothingToDoRunsNothing()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker(), item: "<TinyNasModel Include=\"Gesture;Other\" />");
        consumer.Build();
        DateTime assembly = File.GetLastWriteTimeUtc(consumer["bin/Debug/net10.0/App.dll"]);
        CommandResult second = consumer.Build("-v:n");
        CollectionAssert.AreEquivalent(new[] { "Gesture Search", "Other Search" }, consumer.Runs);
        Assert.AreEqual(assembly, File.GetLastWriteTimeUtc(consumer["bin/Debug/net10.0/App.dll"]));
        Assert.IsFalse(second.Output.Contains("_TinyNasSearchOnce"), "the project does not call itself for nothing");
        consumer.DotNetRun("msbuild", "-question").MustSucceed("msbuild -question");
    }

    [TestMethod]
    public void TheSwitchTurnsEverythingOffAndABuildServerWithALockIsFrozen()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker());
        consumer.Build("-p:TinyNasEnabled=false");
        Assert.IsEmpty(consumer.Runs);
        Assert.IsFalse(Directory.Exists(consumer.Cache));
        consumer.Write("tinynas/Gesture.lock.json", "{}");
        consumer.Build("-p:ContinuousIntegrationBuild=true");
        CollectionAssert.AreEqual(new[] { "Gesture Frozen" }, consumer.Runs);
    }

    [TestMethod]
    public void CodeThatUsesTheClassCompilesWithoutASearch()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker() + "<TinyNasMode>Off</TinyNasMode>");
        consumer.Write("Program.cs", "try { System.Console.WriteLine(new App.Gesture().Predict(new float[4]).Score); } catch (System.InvalidOperationException e) { System.Console.WriteLine(e.Message); }");
        consumer.Build();
        Assert.IsEmpty(consumer.Runs);
        StringAssert.Contains(consumer.DotNetRun("exec", "bin/Debug/net10.0/App.dll").MustSucceed("App").Output, "has not been built yet");
    }

    [TestMethod]
    public void PublishAndPackCarryTheFirmwareAndSearchNothing()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker() + "<NoWarn>$(NoWarn);NU5104</NoWarn>", frameworks: "net10.0;net10.0-windows");
        consumer.Build("-c", "Release");
        consumer.DotNetRun("publish", "--no-build", "-f", "net10.0", "-o", "out").MustSucceed("publish");
        foreach (string file in new[] { "model.c", "arduino/model.h" }) Assert.IsTrue(File.Exists(consumer["out/firmware/Gesture/" + file]), file);
        consumer.DotNetRun("pack", "--no-build", "-warnaserror", "-o", "packed").MustSucceed("pack");
        using var package = System.IO.Compression.ZipFile.OpenRead(Directory.GetFiles(consumer["packed"], "*.nupkg").Single());
        CollectionAssert.AreEquivalent(new[] { "firmware/Gesture/arduino/model.h", "firmware/Gesture/model.c" },
            package.Entries.Select(e => e.FullName).Where(n => n.StartsWith("firmware/", StringComparison.Ordinal)).ToArray());
        Assert.HasCount(1, consumer.Runs);
    }

    [TestMethod]
    public void FirmwareThatIsNoLongerMadeIsRemoved()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker());
        consumer.Build();
        consumer.Write("App.csproj", File.ReadAllText(consumer["App.csproj"]).Replace("Include=\"Gesture\"", "Include=\"Wave\""));
        consumer.Build();
        Assert.IsTrue(File.Exists(consumer["bin/Debug/net10.0/firmware/Wave/model.c"]));
        Assert.IsFalse(File.Exists(consumer["bin/Debug/net10.0/firmware/Gesture/model.c"]));
    }

    [TestMethod]
    public void AFailingWorkerFailsTheBuildAtTheLineOfTheProject()
    {
        using var consumer = new Consumer(properties: Consumer.FakeWorker("refuse"));
        CommandResult result = consumer.TryBuild();
        Assert.AreEqual(1, result.ExitCode);
        int line = Array.FindIndex(File.ReadAllLines(consumer["App.csproj"]), l => l.Contains("TinyNasRam")) + 1;
        StringAssert.Contains(result.Output, $"App.csproj({line},");
        StringAssert.Contains(result.Output, "error TNAS0002");
    }

    [TestMethod]
    public async Task AnInterruptLetsTheWorkerKeepItsWork()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("needs a system with signals");
        using var consumer = new Consumer(properties: Consumer.FakeWorker("slow"));
        consumer.DotNetRun("restore").MustSucceed("restore");
        string output = Path.Combine(consumer.Cache, "models", "Gesture");
        CommandResult result = await InterruptedBuild.Run(consumer, () => File.Exists(Path.Combine(output, "started.txt")), Signal.Interrupt);
        Assert.AreNotEqual(0, result.ExitCode, result.Output);
        Assert.IsTrue(File.Exists(Path.Combine(output, "kept.txt")), result.Output);
    }

    [TestMethod]
    public async Task AWorkerWhoseBuildIsKilledStopsByItself()
    {
        if (OperatingSystem.IsWindows()) Assert.Inconclusive("needs a system with signals");
        using var consumer = new Consumer(properties: Consumer.FakeWorker("slow"));
        consumer.DotNetRun("restore").MustSucceed("restore");
        string output = Path.Combine(consumer.Cache, "models", "Gesture");
        await InterruptedBuild.Run(consumer, () => File.Exists(Path.Combine(output, "started.txt")), Signal.Kill);
        for (int i = 0; i < 100 && !File.Exists(Path.Combine(output, "kept.txt")); i++) await Task.Delay(50);
        Assert.IsTrue(File.Exists(Path.Combine(output, "kept.txt")));
    }
}
