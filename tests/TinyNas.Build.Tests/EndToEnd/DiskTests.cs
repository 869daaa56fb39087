using System.Text.RegularExpressions;

namespace TinyNas.Build.Tests;

/// <summary>A disk that fills up or may not be written, as small file systems of the test's own; with the package's own worker.</summary>
[TestClass]
public class DiskTests
{
    private const string Quick = "<TinyNasFlash>64KiB</TinyNasFlash><TinyNasTrials>1</TinyNasTrials><TinyNasEpochs>2</TinyNasEpochs><TinyNasFinalEpochs>2</TinyNasFinalEpochs><TinyNasRam Condition=\"'$(TinyNasRam)' == ''\">16KiB</TinyNasRam>";

    // Budgets that differ are different results: what each build below would have to write, the ones before it have not.
    private const string Script = """
        build() { echo "== $1"; shift; dotnet build --nologo -tl:off --no-restore "$@"; echo "exit $?"; find bin/Debug/net10.0/firmware -type f -exec sha256sum {} + | sort | sha256sum; }
        fill() { rm -f "$1/fill"; head -c 100M /dev/zero > "$1/fill" 2>/dev/null; truncate -s "-$2" "$1/fill"; }
        mkdir -p obj/tinynas tinynas
        mount -t tmpfs -o size=4M none obj/tinynas || exit 9
        mount -t tmpfs -o size=1M none tinynas || exit 9
        build first
        fill obj/tinynas 0;   build full        -p:TinyNasRam=15KiB
        fill obj/tinynas 12K; build nearly-full -p:TinyNasRam=14KiB
                              build back
        rm obj/tinynas/fill
        fill tinynas 0;       build lock-full   -p:TinyNasRam=13KiB
        mount -o remount,ro obj/tinynas
                              build read-only   -p:TinyNasRam=12KiB
                              build as-before
        """;

    [TestMethod]
    public void ADiskThatCannotBeWrittenIsADiagnosticAndLeavesTheEarlierResult()
    {
        string unshare = Command.Require("unshare", "util-linux");
        if (Command.Run(unshare, ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).ExitCode != 0) Assert.Inconclusive("needs user namespaces, which this system does not allow");
        using var consumer = new Consumer("<TinyNasModel Include=\"Gesture\" Data=\"data\" Window=\"16\" Stride=\"8\" />", Quick);
        consumer.WriteRecordings();
        consumer.DotNetRun("restore").MustSucceed("restore");
        CommandResult all = Command.Run(unshare, ["-rm", "sh", "-c", Script], consumer.Folder, DotNet.Environment, timeoutSeconds: 900);
        var steps = Regex.Matches(all.Output, @"^== (\S+)\n(.*?)^exit (\d+)\n(\w+)", RegexOptions.Multiline | RegexOptions.Singleline)
            .ToDictionary(m => m.Groups[1].Value, m => (Text: m.Groups[2].Value, Exit: m.Groups[3].Value, Firmware: m.Groups[4].Value));
        Assert.HasCount(7, steps, all.Output + all.Error);

        foreach (string failing in new[] { "full", "nearly-full", "lock-full", "read-only" })
        {
            Assert.AreEqual("1", steps[failing].Exit, failing + ":\n" + steps[failing].Text);
            StringAssert.Contains(steps[failing].Text, "error TNAS0504", failing);
            Assert.AreEqual(steps["first"].Firmware, steps[failing].Firmware, failing + ": the firmware of before");
        }
        foreach (string earlier in new[] { "first", "back", "as-before" }) Assert.AreEqual("0", steps[earlier].Exit, earlier + ":\n" + steps[earlier].Text);
        foreach (string earlier in new[] { "back", "as-before" })
            Assert.AreEqual(steps["first"].Firmware, steps[earlier].Firmware, earlier + ": the earlier result is still whole");
    }
}
