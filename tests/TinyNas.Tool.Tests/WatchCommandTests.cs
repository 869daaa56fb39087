using TinyNas.Search;

namespace TinyNas.Tool.Tests;

[TestClass]
public sealed class WatchCommandTests
{
    private static CommandResult Tool(params string[] arguments) =>
        Command.Run("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "tinynas.dll"), .. arguments]);

    [TestMethod]
    public void TrialsOfARunningSearchAreShownWithTheBest()
    {
        using var folder = new TemporaryFolder();
        // Held open, as a search does while it runs.
        using TrialJournal journal = TrialJournal.Open(folder["key", "search", "trials.journal"], "key");
        journal.Append(Result(1, 0.5));
        journal.Append(Result(2, 0.75));
        journal.Append(new TrialResult(Result(2, 0).Proposal with { Fidelity = new Fidelity { Epochs = 3 } }, TrialOutcome.Completed, 0.9, TrialResult.NoScalars));
        journal.Append(TrialResult.Infeasible(NanoNasSpace.At(9, 9), "RAM: too much"));
        string[] lines = Tool("watch", folder.Path, "--once").MustSucceed("watch").Output.TrimEnd().Split('\n');
        StringAssert.Contains(lines[0], "trials.journal");
        StringAssert.Contains(lines[3], "0.7500");
        StringAssert.EndsWith(lines[3].TrimEnd(), "c=0 k=2 *");
        StringAssert.Contains(lines[5], "RAM: too much");
        Assert.AreEqual("4 trials, 1 refused, 0 failed; best: 0.7500, c=0 k=2", lines[^1].TrimEnd());
    }

    [TestMethod]
    public void AFolderWithoutASearchSaysSoAndAMissingOneIsADiagnostic()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual("0 trials, 0 refused, 0 failed; best: none", Tool("watch", folder.Path, "--once").MustSucceed("watch").Output.Trim());
        CommandResult missing = Tool("watch", folder["nowhere"], "--once");
        Assert.AreEqual(1, missing.ExitCode);
        StringAssert.Contains(missing.Error, "TNAS0105");
    }

    private static TrialResult Result(int k, double score) =>
        new(NanoNasSpace.At(k, 0), TrialOutcome.Completed, score, TrialResult.NoScalars.Add(Scalars.Macs, 1000 * k));
}
