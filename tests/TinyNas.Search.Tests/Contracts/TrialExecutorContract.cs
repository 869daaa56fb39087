namespace TinyNas.Search.Tests;

/// <summary>What every executor keeps to; its tests inherit this.</summary>
public abstract class TrialExecutorContract
{
    protected abstract ITrialExecutor Create(int workers);

    /// <summary>Whether trials run beside the caller: only then can a trial be cancelled while it runs.</summary>
    protected virtual bool RunsBeside => true;

    [TestMethod]
    public async Task EveryTrialReturnsItsOwnResult()
    {
        ITrialExecutor executor = Create(3);
        var evaluator = new Evaluator((configuration, _) => configuration["k"]);
        Configuration[] configurations = [.. Enumerable.Range(1, 20).Select(k => NanoNasSpace.At(k, 0))];
        TrialResult[] results = await Task.WhenAll(configurations.Select(c => executor.Start(c, evaluator, default)));
        CollectionAssert.AreEqual(configurations, results.Select(r => r.Configuration).ToArray());
        CollectionAssert.AreEqual(configurations.Select(c => (double)c["k"]).ToArray(), results.Select(r => r.Score).ToArray());
    }

    [TestMethod]
    public async Task NoMoreTrialsRunAtOnceThanThereAreWorkers()
    {
        ITrialExecutor executor = Create(2);
        int running = 0, most = 0;
        var evaluator = new Evaluator((_, _) =>
        {
            int now = Interlocked.Increment(ref running);
            lock (executor) most = Math.Max(most, now);
            Thread.Sleep(10);
            Interlocked.Decrement(ref running);
            return 0;
        });
        await Task.WhenAll(Enumerable.Range(1, 12).Select(k => executor.Start(NanoNasSpace.At(k, 0), evaluator, default)));
        Assert.AreEqual(executor.Workers, most);
    }

    [TestMethod]
    public async Task AnEvaluatorsExceptionReachesTheCallerAndFreesTheWorker()
    {
        ITrialExecutor executor = Create(1);
        var broken = new Evaluator((_, _) => throw new InvalidOperationException("broken"));
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => executor.Start(NanoNasSpace.At(1, 0), broken, default));
        TrialResult next = await executor.Start(NanoNasSpace.At(2, 0), new Evaluator((_, _) => 5), default);
        Assert.AreEqual(5, next.Score);
    }

    [TestMethod]
    public async Task ACancelledTrialEndsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        ITrialExecutor executor = Create(1);
        var waits = new Evaluator((_, token) =>
        {
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
            return 0;
        });
        if (!RunsBeside) await cancellation.CancelAsync();
        Task<TrialResult> running = executor.Start(NanoNasSpace.At(1, 0), waits, cancellation.Token);
        Task<TrialResult> queued = executor.Start(NanoNasSpace.At(2, 0), waits, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAsync<OperationCanceledException>(() => queued);
    }

    private sealed class Evaluator(Func<Configuration, CancellationToken, double> score) : ITrialEvaluator
    {
        public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation) =>
            new(proposal, TrialOutcome.Completed, score(proposal.Configuration, cancellation), TrialResult.NoScalars);
    }
}
