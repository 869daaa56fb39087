using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>From data and budget to a trained, quantised network: what a build runs.</summary>
public static class ModelSearch
{
    /// <summary>
    /// Searches, trains the winner and quantises it. <paramref name="folder"/> keeps journal and checkpoints, from which a
    /// cancelled search goes on; it may be deleted afterwards. <paramref name="progress"/> is called from one thread at a time.
    /// </summary>
    /// <exception cref="Model.TinyNasException">TNAS0201: nothing fits (before anything is trained).</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished trials are in the journal.</exception>
    public static Task<SearchOutcome> RunAsync(
        SearchPlan plan, ITrainer trainer, string folder, Action<SearchEvent>? progress, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
