using System.Collections.Immutable;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>From data and budget to a trained, quantised network: what a build runs.</summary>
public static class ModelSearch
{
    /// <summary>Trials that finished, one line each.</summary>
    public const string JournalFile = "trials.journal";

    /// <summary>Folder of trainings that may go on.</summary>
    public const string PausedFolder = "paused";

    /// <summary>State of the training of a teacher.</summary>
    public const string TeacherFile = "teacher.checkpoint";

    /// <summary>State of the winner's training.</summary>
    public const string CheckpointFile = "final.checkpoint";

    /// <summary>
    /// Searches, trains the winner and quantises it. <paramref name="folder"/> keeps journal and checkpoint, from which a
    /// cancelled search goes on; it may be deleted afterwards. <paramref name="progress"/> is called from one thread at a time.
    /// </summary>
    /// <exception cref="TinyNasException">
    /// TNAS0201: nothing fits (raised before anything is trained). TNAS0202: no training gave a usable network. TNAS0002: no such space or strategy.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished trials are in the journal.</exception>
    public static Task<SearchOutcome> RunAsync(
        SearchPlan plan, ITrainer trainer, string folder, Action<SearchEvent>? progress, CancellationToken cancellation) =>
        Task.Run(() => new SearchSession(plan, trainer, folder, progress).RunAsync(cancellation), cancellation);

    /// <summary>Tests, without training, whether any network of the space fits.</summary>
    /// <exception cref="TinyNasException">TNAS0201: none does. TNAS0002: no such space.</exception>
    public static void RequireFeasible(SearchPlan plan) => SearchSession.Feasibility(plan).RequireAny();
}
