using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Tool.Requests;

internal enum BuildMode
{
    Search,
    Frozen,
    Off,
}

/// <summary>A request whose settings have been read and found valid. Paths are absolute.</summary>
internal sealed record ModelRequest
{
    public required RequestFile File { get; init; }
    public required BuildMode Mode { get; init; }

    public Budget Budget { get; init; } = Budget.Unlimited;
    public string Core { get; init; } = "cortex-m4";
    /// <summary>Devices of the user's own: what they say is in <see cref="Budget"/> and <see cref="Core"/> already.</summary>
    public string? DeviceFile { get; init; }

    public DataOptions? Data { get; init; }
    public DataOptions? TestData { get; init; }
    public double ValidationSplit { get; init; } = 0.3;

    public string Space { get; init; } = "nanonas";
    public string Strategy { get; init; } = "auto";
    public Objective? Objective { get; init; }
    public ImmutableArray<Constraint> Constraints { get; init; } = [];
    public int? Trials { get; init; }
    public double? TimeLimit { get; init; }
    public int? Epochs { get; init; }
    public TrainingLength? FinalEpochs { get; init; }
    public ulong Seed { get; init; } = 1;
    public int Workers { get; init; } = Math.Max(1, Environment.ProcessorCount);
    public int BatchSize { get; init; } = 16;
    public string Trainer { get; init; } = "Managed";
    /// <summary>As written; for <see cref="Trainer"/> to understand.</summary>
    public string? TorchDevice { get; init; }
    public Optimizer? Optimizer { get; init; }
    public LearningRatePlan? LearningRate { get; init; }
    public QuantisationOptions? Quantisation { get; init; }
    public TeacherPlan? Teacher { get; init; }
    public PruningPlan? Prune { get; init; }
    public double LabelSmoothing { get; init; }
    /// <summary>As written; what it may say depends on the data.</summary>
    public string? ClassWeights { get; init; }
    /// <summary>As written; what it may say depends on the data.</summary>
    public string? Augment { get; init; }

    public ImmutableArray<RuntimeKind> Runtimes { get; init; } = [RuntimeKind.C, RuntimeKind.Tflm];
    public string Namespace { get; init; } = "";
    public string? Templates { get; init; }

    /// <summary>Somebody else's .tflite instead of a search.</summary>
    public string? Model { get; init; }

    /// <summary>The setting of that name as the project file has it, or null.</summary>
    public Setting? Find(string name) => File.Settings.FirstOrDefault(s => s.Name == name);
}
