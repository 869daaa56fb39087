using TinyNas.Data;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>A trial's training: a run, and what has been seen of it since its first epoch, however often it was paused.</summary>
internal sealed class TrialTraining(ITrainingRun run, IEnumerable<double> losses, int samples) : IDisposable
{
    private readonly List<double> losses = [.. losses];

    public ITrainingRun Run => run;

    /// <summary>Mean training loss of every epoch so far.</summary>
    public IReadOnlyList<double> Losses => losses;

    /// <summary>Samples trained on, counted with repetition.</summary>
    public int Samples { get; private set; } = samples;

    /// <returns>Why it diverged, or null.</returns>
    public string? RunEpoch(CancellationToken cancellation)
    {
        EpochResult epoch = run.RunEpoch(cancellation);
        Samples += epoch.Samples;
        if (epoch.Diverged is null) losses.Add(epoch.Loss);
        return epoch.Diverged;
    }

    public void Dispose() => run.Dispose();
}
