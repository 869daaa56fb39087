namespace TinyNas.Search.Tests;

[TestClass]
public sealed class TrialJournalTests
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["state", "journal.jsonl"];

    [TestCleanup]
    public void Cleanup() => folder.Dispose();

    private static TrialResult Result(int k) => new(
        NanoNasSpace.At(k, 2), TrialOutcome.Completed, 0.1 + k / 3.0,
        TrialResult.NoScalars.Add("accuracy", 0.1 + k / 3.0).Add("macs", 123456789), null);

    [TestMethod]
    public void FinishedTrialsComeBackToTheLastBit()
    {
        TrialResult[] results = [Result(1), Result(2), TrialResult.Infeasible(NanoNasSpace.At(9, 9), "RAM: 50000 of 40960 \"bytes\"")];
        Write("key", results);
        using TrialJournal journal = TrialJournal.Open(File, "key");
        Assert.AreEqual(3, journal.Recovered);
        Assert.IsNull(journal.Warning);
        foreach (TrialResult expected in results)
        {
            Assert.IsTrue(journal.TryGet(expected.Configuration, out TrialResult? found));
            Assert.AreEqual(expected with { Scalars = found.Scalars }, found);
            CollectionAssert.AreEqual(expected.Scalars, found.Scalars);
        }
        Assert.IsFalse(journal.TryGet(NanoNasSpace.At(4, 4), out _));
    }

    [TestMethod]
    public void EveryTruncationKeepsTheWholeLinesBeforeItAndGoesOn()
    {
        Write("key", Result(1), Result(2));
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            int lines = Math.Max(0, whole[..length].Count(b => b == '\n') - 1);
            using (TrialJournal journal = TrialJournal.Open(File, "key"))
            {
                Assert.AreEqual(lines, journal.Recovered, $"{length} bytes");
                journal.Append(Result(1));
                journal.Append(Result(2));
            }
            CollectionAssert.AreEqual(whole, System.IO.File.ReadAllBytes(File), $"{length} bytes");
        }
    }

    [TestMethod]
    public void ADamagedLineEndsWhatIsRead()
    {
        Write("key", Result(1), Result(2), Result(3));
        string[] lines = System.IO.File.ReadAllLines(File);
        lines[2] = lines[2].Replace("score", "sc\"ore", StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, string.Join('\n', lines) + "\n");
        using TrialJournal journal = TrialJournal.Open(File, "key");
        Assert.AreEqual(1, journal.Recovered);
        StringAssert.Contains(journal.Warning, "damaged after 1 trials");
    }

    [TestMethod]
    public void TheJournalOfAnotherSearchIsBegunAnew()
    {
        Write("one", Result(1));
        using (TrialJournal journal = TrialJournal.Open(File, "two"))
        {
            Assert.AreEqual(0, journal.Recovered);
            StringAssert.Contains(journal.Warning, "another search");
        }
        using TrialJournal again = TrialJournal.Open(File, "two");
        Assert.IsNull(again.Warning);
    }

    private void Write(string key, params TrialResult[] results)
    {
        using TrialJournal journal = TrialJournal.Open(File, key);
        foreach (TrialResult result in results) journal.Append(result);
    }
}
