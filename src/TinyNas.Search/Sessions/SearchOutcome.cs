using System.Collections.Immutable;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>What a finished search and training leave: everything that the lock records.</summary>
public sealed record SearchOutcome
{
    public required Configuration Winner { get; init; }

    /// <summary>The trained, quantised network.</summary>
    public required Graph Graph { get; init; }

    /// <summary>From the data's own units to the int8 input.</summary>
    public required InputEncoding Input { get; init; }

    /// <summary>One entry per proposal, in the order in which they were asked.</summary>
    public required ImmutableArray<TraceEntry> Trace { get; init; }

    public required SearchEnd End { get; init; }

    /// <summary>
    /// accuracyFloat and accuracyInt8 on the validation side, testAccuracyFloat and testAccuracyInt8 where there is a test
    /// set, trialsProposed, trialsInfeasible, trialsTrained, trialEpochs (all trials together), finalEpochs, finalEpoch (the one kept).
    /// </summary>
    public required ImmutableSortedDictionary<string, double> Metrics { get; init; }

    /// <summary>What int8 adds to each operator's values; empty for a network that was trained on its integers, which has no float one beside it.</summary>
    public ImmutableArray<TensorNoise> Noise { get; init; } = [];

    /// <summary>Rows = true class, columns = predicted, int8; of the test set where there is one, else of the validation side.</summary>
    public required ImmutableArray<ImmutableArray<int>> Confusion { get; init; }
}

/// <summary>Why a search asked for no more trials.</summary>
public enum SearchEnd
{
    /// <summary>The strategy was done.</summary>
    Finished,
    /// <summary>The number of trials was reached.</summary>
    TrialLimit,
    /// <summary>The time was up: a rerun with the same key may differ.</summary>
    TimeLimit,
}
