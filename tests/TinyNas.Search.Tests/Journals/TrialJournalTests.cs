namespace TinyNas.Search.Tests;

[TestClass]
public sealed class TrialJournalTests
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["state", "trials.journal"];

    [TestCleanup]
    public void Cleanup() => folder.Dispose();

    private static TrialResult Result(int k) => new(
        NanoNasSpace.At(k, 2), TrialOutcome.Completed, 0.1 + k / 3.0,
        TrialResult.NoScalars.Add("accuracy", 0.1 + k / 3.0).Add("macs", 123456789), null);

    [TestMethod]
    public void FinishedTrialsComeBackToTheLastBit()
    {
        TrialResult[] results = [Result(1), Result(2), Short(2), Short(3), Short(3) with { Proposal = new Proposal(NanoNasSpace.At(3, 2), Fidelity.Full, Replicate: 2) }, TrialResult.Infeasible(NanoNasSpace.At(9, 9), "RAM: 50000 of 40960 \"bytes\"")];
        Write("key", results);
        using TrialJournal journal = TrialJournal.Open(File, "key");
        Assert.AreEqual(results.Length, journal.Recovered);
        Assert.IsNull(journal.Warning);
        foreach (TrialResult expected in results)
        {
            Assert.IsTrue(journal.TryGet(expected.Proposal, out TrialResult? found));
            Assert.AreEqual(expected with { Scalars = found.Scalars }, found);
            CollectionAssert.AreEqual(expected.Scalars, found.Scalars);
        }
        Assert.IsFalse(journal.TryGet(NanoNasSpace.At(4, 4), out _));
        Assert.IsFalse(journal.TryGet(NanoNasSpace.At(3, 2), out _), "shorter, and with another seed, but never in full");
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
    public void OneFlippedBitAnywhereInALineEndsWhatIsRead()
    {
        Write("key", Result(1), Result(2), Result(3));
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int second = Array.IndexOf(whole, (byte)'\n', Array.IndexOf(whole, (byte)'\n') + 1) + 1, third = Array.IndexOf(whole, (byte)'\n', second) + 1;
        for (int at = second; at < third; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            System.IO.File.WriteAllBytes(File, damaged);
            using TrialJournal journal = TrialJournal.Open(File, "key");
            Assert.AreEqual(1, journal.Recovered, $"byte {at}");
            StringAssert.Contains(journal.Warning, "damaged after 1 trials");
        }
    }

    [TestMethod]
    public void AJournalOfAnotherVersionIsRefusedByName()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        const string Header = """{"journal":7,"key":"key"}""";
        string sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Header)).AsSpan(0, 4));
        System.IO.File.WriteAllText(File, $"{sum} {Header}\n");
        using TrialJournal journal = TrialJournal.Open(File, "key");
        Assert.AreEqual("trials.journal is a journal of version 7, not 2, and was begun anew", journal.Warning);
        Assert.AreEqual(0, journal.Recovered);
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
            StringAssert.Contains(journal.Warning, "trials.journal is the journal of another search");
        }
        using TrialJournal again = TrialJournal.Open(File, "two");
        Assert.IsNull(again.Warning);
    }

    private static TrialResult Short(int k) => Result(k) with { Proposal = new Proposal(NanoNasSpace.At(k, 2), new Fidelity { Epochs = 4, Part = 3 }) };

    private void Write(string key, params TrialResult[] results)
    {
        using TrialJournal journal = TrialJournal.Open(File, key);
        foreach (TrialResult result in results) journal.Append(result);
    }
}
