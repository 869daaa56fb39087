using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>Everything that a search is a function of.</summary>
public sealed record SearchPlan
{
    public required DataSet Data { get; init; }

    /// <summary>Trials train on one side and are scored on the other.</summary>
    public required DataSplit Split { get; init; }

    /// <summary>Explicit test set, with the labels of <see cref="Data"/>: looked at once, after everything has been chosen. Null where there is none.</summary>
    public DataSet? Test { get; init; }

    public Budget Budget { get; init; } = Budget.Unlimited;

    /// <summary>Whether the budget binds the emitted C (default) or TFLM's figures, because only the TFLM files are wanted.</summary>
    public bool EmitsC { get; init; } = true;

    /// <summary>Core that code sizes are estimated for.</summary>
    public string Core { get; init; } = "cortex-m4";

    public SearchOptions Options { get; init; } = new();

    /// <summary>Of the budget and of the project's own.</summary>
    internal ImmutableArray<Constraint> Constraints => [.. BudgetConstraints.Of(Budget, EmitsC), .. Options.Constraints];

    internal Augmentation Augmentation => Options.Augmentation ?? Augmentation.Default(Data);
}
