using TinyNas.Tool.Builds;

namespace TinyNas.Tool.Tests;

[TestClass]
public class StagedFilesTests
{
    [TestMethod]
    public void WhatCannotBeWrittenWholeReplacesNothing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "old");
        File.WriteAllText(folder["file"], "");
        var files = new StagedFiles();
        files.Add(folder["a"], "new"u8);
        // A file where a folder should be fails everywhere, also for an administrator whom permissions do not stop.
        Assert.Throws<IOException>(() => files.Add(folder["file", "b"], "new"u8));
        Assert.AreEqual("old", File.ReadAllText(folder["a"]));
        CollectionAssert.AreEquivalent(new[] { "a", "file" }, Directory.GetFiles(folder.Path).Select(f => Path.GetFileName(f)).ToArray());
    }

    [TestMethod]
    public void AFileThatHoldsTheBytesAlreadyKeepsItsTime()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], "same");
        File.SetLastWriteTimeUtc(folder["a"], DateTime.UnixEpoch);
        var files = new StagedFiles();
        files.Add(folder["a"], "same"u8);
        files.Add(folder["deep", "b"], "new"u8);
        files.Commit();
        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(folder["a"]));
        Assert.AreEqual("new", File.ReadAllText(folder["deep", "b"]));
    }

    [TestMethod]
    public async Task OneWorkerAtATimeHoldsAKeyAndAWaitingOneCanBeCancelled()
    {
        using var folder = new TemporaryFolder();
        int waits = 0;
        using var cancellation = new CancellationTokenSource();
        IDisposable held = await KeyLock.AcquireAsync(folder["key"], () => Assert.Fail("nobody has it"), default);
        Task<IDisposable> second = KeyLock.AcquireAsync(folder["key"], () => Interlocked.Increment(ref waits), default);
        Task<IDisposable> third = KeyLock.AcquireAsync(folder["key"], () => Interlocked.Increment(ref waits), cancellation.Token);
        Assert.IsFalse(second.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => third);
        held.Dispose();
        (await second).Dispose();
        Assert.AreEqual(2, waits);
    }
}
