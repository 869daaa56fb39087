using System.Diagnostics;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// Trains the winner at length on a cosine schedule. In the last quarter, where the learning rate is low, epochs are
/// quantised and scored in int8 on the validation side, and the best is kept (of equals the later). With a patience every epoch
/// is, and training ends when the best has not been surpassed for so long. After each epoch a checkpoint is written, from which
/// a cancelled training goes on to the same bits.
/// </summary>
public sealed class FinalTraining(SearchData data, ITrainer trainer, TrainingOptions training)
{
    /// <summary>Epochs that are scored at most, spread evenly over the last quarter and ending with the last.</summary>
    public const int MostScoredEpochs = 16;

    /// <summary>Learning rate of tuning, as a share of the training's.</summary>
    private const double TuningRate = 1.0 / 3;

    /// <summary>Learning rate of tuning on integers, as a share of the training's.</summary>
    private const double AwareRate = 0.1;

    public QuantisationOptions Quantisation { get; init; } = new();

    /// <summary>Epochs that may pass without a better one; null: all are trained.</summary>
    public int? Patience { get; init; }

    /// <summary>Threads that score; changes no result.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Where to keep the checkpoint; null: nowhere.</summary>
    public FinalCheckpoint? Checkpoint { get; init; }

    public Action<FinalEpochEvent>? Progress { get; init; }

    /// <summary>What to remove from the trained network; null: nothing.</summary>
    public PruningPlan? Prune { get; init; }

    /// <returns>Null with <paramref name="diverged"/> where the loss ceased to be finite before any epoch could be kept.</returns>
    public FinalResult? Run(Network network, out string? diverged, CancellationToken cancellation)
    {
        if (Train(network, out diverged, out int epochs, cancellation) is not { } best) return null;
        TrainedNetwork trained = best.Trained;
        Pruner? pruner = null;
        if (Prune is not null)
        {
            pruner = new Pruner(Prune, trainer, training, data.Training, (start, rounds, keepZeros, last) => Tune(start, rounds, keepZeros, last, cancellation));
            trained = pruner.Run(trained, cancellation);
        }
        Graph graph = Quantisation.Aware ? Aware(trained, cancellation) : Quantise(trained);
        return new FinalResult(graph, trained, best.Epoch, epochs,
            Score(graph, cancellation), FloatClassifier.Evaluate(trained, data.ValidationFloats, cancellation)) { Channels = pruner?.Channels };
    }

    private KeptEpoch? Train(Network network, out string? diverged, out int epochs, CancellationToken cancellation)
    {
        diverged = null;
        var clock = Stopwatch.StartNew();
        KeptEpoch? best = null;
        using ITrainingRun run = Checkpoint?.TryResume(trainer, network, training, data.Training, out best) ?? trainer.Begin(network, training, data.Training);
        while (run.Epoch < training.Epochs && !IsExhausted(run.Epoch, best))
        {
            EpochResult epoch = run.RunEpoch(cancellation);
            if (epoch.Diverged is not null)
            {
                diverged = epoch.Diverged;
                break;
            }
            double? accuracy = null;
            if (Patience is not null || IsScored(run.Epoch, training.Epochs))
            {
                TrainedNetwork snapshot = run.Snapshot();
                accuracy = Score(Quantise(snapshot), cancellation).Accuracy;
                if (best is null || accuracy > best.Accuracy || accuracy == best.Accuracy && Patience is null) best = new KeptEpoch(run.Epoch, accuracy.Value, snapshot);
            }
            Checkpoint?.Write(run, best);
            Progress?.Invoke(new FinalEpochEvent(clock.Elapsed, run.Epoch, training.Epochs, epoch.Loss, accuracy));
        }
        epochs = run.Epoch;
        return best;
    }

    /// <summary>
    /// Goes on with a network that lost something, at a third of the learning rate. Of the last round the best scored epoch is kept,
    /// of the others the last. What is cancelled here is repeated from the end of the training, to the same bits.
    /// </summary>
    private TrainedNetwork Tune(TrainedNetwork start, int epochs, bool keepZeros, bool last, CancellationToken cancellation)
    {
        TrainingOptions options = training with
        {
            Epochs = epochs, LearningRate = training.LearningRate * TuningRate, Schedule = LearningRateSchedule.Cosine, WarmUp = 0, KeepZeros = keepZeros,
        };
        using ITrainingRun run = trainer.Continue(start, options, data.Training);
        KeptEpoch? best = null;
        while (run.Epoch < epochs && run.RunEpoch(cancellation).Diverged is null)
        {
            if (!(last && IsScored(run.Epoch, epochs))) continue;
            TrainedNetwork snapshot = run.Snapshot();
            double accuracy = Score(Quantise(snapshot), cancellation).Accuracy;
            if (best is null || accuracy >= best.Accuracy) best = new KeptEpoch(run.Epoch, accuracy, snapshot);
        }
        return best?.Trained ?? (run.Epoch == epochs ? run.Snapshot() : start);
    }

    /// <summary>Tunes the network on its integers; of the scored epochs the best is kept.</summary>
    private Graph Aware(TrainedNetwork trained, CancellationToken cancellation)
    {
        int epochs = Quantisation.AwareEpochs ?? Math.Max(2, training.Epochs / 10);
        TrainingOptions options = training with
        {
            Epochs = epochs, LearningRate = training.LearningRate * AwareRate, Schedule = LearningRateSchedule.Cosine, WarmUp = 0,
        };
        using var run = AwareTraining.Begin(trained, data.Encoding, data.Calibration, data.Training, options, Quantisation);
        (Graph? Graph, double Accuracy) best = default;
        while (run.Epoch < epochs && run.RunEpoch(cancellation).Diverged is null)
        {
            if (!IsScored(run.Epoch, epochs)) continue;
            Graph graph = run.Snapshot();
            double accuracy = Score(graph, cancellation).Accuracy;
            if (best.Graph is null || accuracy >= best.Accuracy) best = (graph, accuracy);
        }
        return best.Graph ?? Quantise(trained);
    }

    /// <summary>Whether epoch <paramref name="epoch"/> (from 1) of <paramref name="epochs"/> is scored.</summary>
    internal static bool IsScored(int epoch, int epochs)
    {
        int quarter = Math.Max(1, epochs / 4), scored = Math.Min(quarter, MostScoredEpochs), place = epoch - (epochs - quarter);
        return place > 0 && place * scored / quarter > (place - 1) * scored / quarter;
    }

    private bool IsExhausted(int epoch, KeptEpoch? best) => best is not null && epoch - best.Epoch >= Patience;

    private Graph Quantise(TrainedNetwork trained) => Quantiser.Quantise(trained, data.Encoding, data.Calibration, Quantisation);

    private ConfusionMatrix Score(Graph graph, CancellationToken cancellation) =>
        IntegerClassifier.Evaluate(graph, data.Validation, Workers, cancellation);
}
