using System.Security.Cryptography;

namespace TinyNas.Build.Tests;

/// <summary>The package as a user has it, with its own worker: from recordings to firmware and a class that runs.</summary>
[TestClass]
public class InstallationTests
{
    private const string Item = "<TinyNasModel Include=\"Gesture\" Data=\"data\" Window=\"16\" Stride=\"8\" />";
    private const string UsesTheClass = """
        var network = new App.Gesture();
        float[] values = new float[App.Gesture.InputLength];
        for (int row = 0; row < 16; row++)
            (values[2 * row], values[2 * row + 1]) = (System.MathF.Sin(row * 1.5708f), System.MathF.Cos(row * 1.5708f));
        System.Console.WriteLine($"{network.Predict(values).Label} of {string.Join('|', App.Gesture.Labels)}");
        """;

    [TestMethod]
    public void AnEmptyProjectGetsFirmwareAndAClassAndNothingTwice()
    {
        using var consumer = new Consumer(Item, "<TinyNasRam>16KiB</TinyNasRam><TinyNasFlash>64KiB</TinyNasFlash><TinyNasEpochs>20</TinyNasEpochs><TinyNasFinalEpochs>60</TinyNasFinalEpochs>");
        consumer.WriteRecordings();
        consumer.Write("Program.cs", UsesTheClass);
        consumer.Build();

        string firmware = consumer["bin/Debug/net10.0/firmware/Gesture"];
        foreach (string file in new[] { "gesture.tflite", "gesture.h", "gesture.c", "gesture_tflm.cc", "gesture_model_data.cc", "gesture_selftest.c", "gesture.manifest.json", "report.html" })
            Assert.IsTrue(File.Exists(Path.Combine(firmware, file)), file);
        Assert.AreEqual("Fast of fast|slow", consumer.DotNetRun("exec", "bin/Debug/net10.0/App.dll").MustSucceed("App").Output.Trim());

        SecondBuildDoesNothing(consumer);
        AMatchingLockIsHonouredWithoutTraining(consumer, firmware);
        MistakesAreReportedWhereTheyStand(consumer);
    }

    // One search serves these three: each is about what happens after it.
    private static void SecondBuildDoesNothing(Consumer consumer)
    {
        string log = Path.Combine(consumer.Cache, "models", "Gesture", "worker.log"), assembly = consumer["bin/Debug/net10.0/App.dll"];
        var before = (File.GetLastWriteTimeUtc(log), File.GetLastWriteTimeUtc(assembly));
        consumer.Build();
        Assert.AreEqual(before, (File.GetLastWriteTimeUtc(log), File.GetLastWriteTimeUtc(assembly)));
    }

    private static void AMatchingLockIsHonouredWithoutTraining(Consumer consumer, string firmware)
    {
        Assert.IsTrue(File.Exists(consumer["tinynas/Gesture.lock.json"]) && File.Exists(consumer["tinynas/Gesture.tflite"]));
        string searched = Digest(firmware);
        Directory.Delete(consumer["obj"], recursive: true);
        Directory.Delete(consumer["bin"], recursive: true);
        CommandResult again = consumer.Build();
        Assert.IsFalse(again.Output.Contains("trial 1"), again.Output);
        Assert.AreEqual(searched, Digest(firmware), "the same firmware to the last byte");
    }

    private static void MistakesAreReportedWhereTheyStand(Consumer consumer)
    {
        int line = Array.FindIndex(File.ReadAllLines(consumer["App.csproj"]), l => l.Contains("TinyNasRam")) + 1;
        CommandResult wrong = consumer.TryBuild("-p:TinyNasRamm=1");
        Assert.AreEqual(1, wrong.ExitCode);
        StringAssert.Contains(wrong.Output, "App.csproj(1,1): error TNAS0001");
        consumer.Write("App.csproj", File.ReadAllText(consumer["App.csproj"]).Replace("16KiB", "sixteen"));
        wrong = consumer.TryBuild();
        Assert.AreEqual(1, wrong.ExitCode);
        StringAssert.Contains(wrong.Output, $"App.csproj({line},");
        StringAssert.Contains(wrong.Output, "error TNAS0002");
    }

    private static string Digest(string folder) => string.Join('\n', Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
        .Select(f => Path.GetFileName(f) + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))));
}
