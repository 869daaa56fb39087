using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// What steers a search besides data and budget. Everything but <see cref="Trials"/>, <see cref="TimeLimit"/> and
/// <see cref="Workers"/> is part of the search's key; those three only say how far and how fast.
/// </summary>
public sealed record SearchOptions
{
    public ulong Seed { get; init; }

    /// <summary>Name in the registry of spaces.</summary>
    public string Space { get; init; } = "nanonas";

    /// <summary>Name in the registry of strategies.</summary>
    public string Strategy { get; init; } = "auto";

    /// <summary>Proposals kept open at once. An input of the search: it decides how far a strategy must guess ahead.</summary>
    public int OpenTrials { get; init; } = 2;

    /// <summary>Epochs per trial; null: as many the size of the data asks for.</summary>
    public int? Epochs { get; init; }

    /// <summary>Of the winner's training.</summary>
    public TrainingLength FinalEpochs { get; init; } = new();

    /// <summary>Of trials and of the winner's training.</summary>
    public Optimizer Optimizer { get; init; } = Adam.Keras;

    /// <summary>Of trials and of the winner's training.</summary>
    public LearningRatePlan LearningRate { get; init; } = new();

    /// <summary>Samples per training step.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Of trials and of the winner's training: share of the target that is spread over all classes, 0 to below 1.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Of trials and of the winner's training: factor of a sample's loss by its class; empty: 1.</summary>
    public ImmutableArray<double> ClassWeights { get; init; } = [];

    /// <summary>Changes to training samples, in trials and in the winner's training; null: what suits the kind of data.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Of trials (calibration alone) and of the winner.</summary>
    public QuantisationOptions Quantisation { get; init; } = new();

    /// <summary>A larger network that is trained first and taught from, in the winner's training; null: none.</summary>
    public TeacherPlan? Teacher { get; init; }

    /// <summary>What to remove from the winner when it is trained; null: nothing.</summary>
    public PruningPlan? Prune { get; init; }

    public Objective Objective { get; init; } = Objective.Accuracy;

    /// <summary>Beside the budget's.</summary>
    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    /// <summary>Proposals after which the search asks for no more; null: until the strategy is done, or, without a time limit, as many as it needs by its own account.</summary>
    public int? Trials { get; init; }

    /// <summary>Time after which the search asks for no more. A search that it ended is said to be so: its key alone does not reproduce it.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The trials of an earlier search that its time limit ended, in order (their configurations' texts): asked again in place of that limit. Default: none.</summary>
    public ImmutableArray<string> Follow { get; init; }

    /// <summary>Trials that run at once; changes no result.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;
}
