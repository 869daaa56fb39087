using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace TinyNas.Build.Tests;

/// <summary>What one machine searched, another one builds or finds again to the last byte; with the package's own worker.</summary>
[TestClass]
public class LockedBuildTests
{
    private const string Item = "<TinyNasModel Include=\"Gesture\" Data=\"data\" Window=\"16\" Stride=\"8\" />";
    private const string Quick = "<TinyNasRam>16KiB</TinyNasRam><TinyNasTrials>6</TinyNasTrials><TinyNasEpochs>6</TinyNasEpochs><TinyNasFinalEpochs>10</TinyNasFinalEpochs>";

    [TestMethod]
    public void OtherFoldersAndOtherNumbersOfCoresGiveTheSameBytesWithAndWithoutTheLock()
    {
        using var consumer = new Consumer(Item, Quick + "<TinyNasWorkers>3</TinyNasWorkers>");
        consumer.WriteRecordings();
        consumer.Build();
        string searched = Made(consumer.Folder);

        // A build server takes the committed lock, whatever it is told about the machine.
        string clone = Clone(consumer, "a clone elsewhere/and deeper", withLock: true);
        string output = Build(clone, OneCore(server: true), "-p:TinyNasWorkers=1").MustSucceed("build from the lock").Output;
        Assert.IsFalse(output.Contains("trial 1 ("), output);
        Assert.AreEqual(searched, Made(clone));

        string again = Clone(consumer, "searched anew", withLock: false);
        StringAssert.Contains(Build(again, OneCore(server: false), "-p:TinyNasWorkers=1").MustSucceed("search on one core").Output, "trial 1 (");
        Assert.AreEqual(searched, Made(again));

        TheCommandOfTheDiagnosticRenewsTheLock(clone, searched);
    }

    // One search serves this as well.
    private static void TheCommandOfTheDiagnosticRenewsTheLock(string clone, string searched)
    {
        string project = Path.Combine(clone, "App.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("16KiB", "15KiB"));
        CommandResult stale = Build(clone, OneCore(server: true));
        Assert.AreEqual(1, stale.ExitCode, stale.Output);
        Match error = Regex.Match(stale.Output, @"error TNAS0210: .*Ram.*'(dotnet build [^']+)'");
        Assert.IsTrue(error.Success, stale.Output);
        Assert.AreEqual(searched, Made(clone), "a refused lock stays, and so does the firmware of before");

        string[] renew = error.Groups[1].Value.Split(' ')[1..];
        Command.Run("dotnet", [.. renew, "--nologo", "-tl:off"], clone, OneCore(server: true)).MustSucceed(error.Groups[1].Value);
        string renewed = Made(clone);
        Assert.AreNotEqual(searched, renewed);
        Build(clone, OneCore(server: true)).MustSucceed("build from the renewed lock");
        Assert.AreEqual(renewed, Made(clone));
    }

    private static CommandResult Build(string folder, Dictionary<string, string?> environment, params string[] arguments) =>
        Command.Run("dotnet", ["build", "--nologo", "-tl:off", .. arguments], folder, environment);

    private static Dictionary<string, string?> OneCore(bool server) =>
        new(DotNet.Environment) { ["DOTNET_PROCESSOR_COUNT"] = "1", ["CI"] = server ? "true" : null };

    private static string Clone(Consumer consumer, string name, bool withLock)
    {
        string folder = Path.Combine(Path.GetDirectoryName(consumer.Folder)!, name);
        foreach (string file in Directory.EnumerateFiles(consumer.Folder, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(consumer.Folder, file), first = relative.Split(Path.DirectorySeparatorChar)[0];
            if (first is "bin" or "obj" || first == "tinynas" && !withLock) continue;
            string copy = Path.Combine(folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return folder;
    }

    /// <summary>Names and hashes of the lock and of everything a build leaves for firmware.</summary>
    private static string Made(string project) => string.Join('\n', new[] { "tinynas", "bin/Debug/net10.0/firmware" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(project, folder), "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
        .Select(file => Path.GetRelativePath(project, file) + " " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))));
}
