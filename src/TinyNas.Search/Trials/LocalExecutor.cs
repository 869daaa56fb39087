namespace TinyNas.Search;

/// <summary>
/// Runs trials on threads of this process, each on a thread of its own, at most <paramref name="workers"/> at once, in the order in
/// which they were started. One trial per core: a small network does not fill two.
/// </summary>
public sealed class LocalExecutor(int workers) : ITrialExecutor, IDisposable
{
    private readonly SemaphoreSlim free = new(workers);

    public int Workers { get; } = workers;

    public async Task<TrialResult> Start(Proposal proposal, ITrialEvaluator evaluator, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Factory.StartNew(
                () => evaluator.Evaluate(proposal, cancellation), cancellation,
                TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose() => free.Dispose();
}
