using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// What is known of a model besides its graph. The lock carries it, so that every emitted file is a function of the lock,
/// the .tflite and the emission inputs. Holds no duration, date, path or core count.
/// </summary>
public sealed record ModelCard(string Name)
{
    /// <summary>"Classify", or "None" for somebody else's .tflite.</summary>
    public string Task { get; init; } = "None";

    /// <summary>Class names by output index; empty where unknown.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>From the data's own units to the int8 input; null for somebody else's .tflite.</summary>
    public InputEncoding? Input { get; init; }

    /// <summary>Figures by name: accuracyFloat, accuracyInt8, testAccuracyInt8, ...</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Rows = true class, columns = predicted; of the test set where there is one, else of the validation side.</summary>
    public ImmutableArray<ImmutableArray<int>> Confusion { get; init; } = [];

    /// <summary>What int8 adds to each operator's float values, in the order of the operators; empty where it was not measured.</summary>
    public ImmutableArray<TensorNoise> Noise { get; init; } = [];

    /// <summary>The configuration that was chosen, as the trace writes it; empty where there was no search.</summary>
    public string Winner { get; init; } = "";

    /// <summary>One entry per proposal of the search, in order.</summary>
    public ImmutableArray<TraceEntry> Trace { get; init; } = [];
}

/// <summary>Power of a tensor's float values over that of what int8 adds to them, all operators before it included. In decibels, 200 at most.</summary>
public sealed record TensorNoise(string Tensor, double Decibels);

/// <summary>One line of the search trace: configuration, outcome (Completed, Infeasible, Failed), score, figures and the reason of a refusal.</summary>
public sealed record TraceEntry(
    string Configuration, string Outcome, double Score, ImmutableSortedDictionary<string, double> Scalars, string? Reason = null);
