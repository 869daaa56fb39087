using System.Collections.Immutable;
using TinyNas.Data;

namespace TinyNas.Training;

/// <summary>How a network is trained. Everything here is part of a trial's key: same options, same data, same weights to the last bit.</summary>
public sealed record TrainingOptions
{
    public ulong Seed { get; init; }
    public int BatchSize { get; init; } = 16;
    public double LearningRate { get; init; } = 1e-3;
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Share of all steps, from 0 to below 1, in which the rate rises in a straight line; the schedule has the rest.</summary>
    public double WarmUp { get; init; }

    /// <summary>Epochs the schedule is laid out for.</summary>
    public int Epochs { get; init; } = 3;

    public Optimizer Optimizer { get; init; } = Adam.Keras;

    public LossKind Loss { get; init; }

    /// <summary>Where <see cref="LossKind.Huber"/> turns into a straight line.</summary>
    public double HuberDelta { get; init; } = 1;

    /// <summary>Share of cross-entropy's target that is spread over all classes (Szegedy et al. 2016), 0 to below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Factor of a sample's cross-entropy by its class, one per class; empty: 1. The loss is divided by the number of samples, as Keras does.</summary>
    public ImmutableArray<double> ClassWeights { get; init; } = [];

    /// <summary>A larger network to learn from besides the classes; null: none. Of <see cref="LossKind.SoftmaxCrossEntropy"/>.</summary>
    public Teacher? Teacher { get; init; }

    /// <summary>Kernel weights that a run begins with as zeros stay zeros: what pruning removed is not trained back.</summary>
    public bool KeepZeros { get; init; }

    /// <summary>What a step does to the weights before it uses them, made when the parameters have their places.</summary>
    internal Func<ParameterStore, IWeightTransform>? Transform { get; init; }
}

/// <summary>
/// Seam for what trains networks: the managed trainer here, TorchSharp as an opt-in package later. Implementations pass
/// the contract tests.
/// </summary>
public interface ITrainer
{
    string Name { get; }

    /// <summary>Lays out a run: all memory is allocated here, none in later steps.</summary>
    ITrainingRun Begin(Network network, TrainingOptions options, ISampleSource samples);

    /// <summary>As <see cref="Begin"/>, with the parameters of <paramref name="start"/> instead of random ones: for tuning what was trained, pruned or inherited.</summary>
    ITrainingRun Continue(TrainedNetwork start, TrainingOptions options, ISampleSource samples);

    /// <summary>Goes on from what <see cref="ITrainingRun.Save"/> wrote; ends in the same bits as a run that never paused.</summary>
    ITrainingRun Resume(Network network, TrainingOptions options, ISampleSource samples, Stream checkpoint);
}

public interface ITrainingRun : IDisposable
{
    /// <summary>Whole epochs trained so far.</summary>
    int Epoch { get; }

    /// <summary>Trains one epoch. A cancelled epoch leaves the run unusable except for <see cref="IDisposable.Dispose"/>.</summary>
    EpochResult RunEpoch(CancellationToken cancellation);

    TrainedNetwork Snapshot();

    void Save(Stream checkpoint);
}

/// <summary>
/// Mean loss over the epoch's steps, samples trained. <paramref name="Diverged"/> holds the reason when the loss is no
/// longer finite: the trial ends there.
/// </summary>
public sealed record EpochResult(double Loss, int Samples, string? Diverged = null);
