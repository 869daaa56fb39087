using System.Collections.Immutable;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>What is known of a configuration before training.</summary>
/// <param name="Network">Null where the configuration is structurally impossible.</param>
/// <param name="Figures">The scalars that need no training: MACs, RAM, flash, constants.</param>
/// <param name="Violation">Why it is infeasible, or null.</param>
public sealed record Feasibility(Network? Network, ImmutableSortedDictionary<string, double> Figures, Violation? Violation)
{
    public bool Holds => Network is not null && Violation is null;

    /// <summary>For people: "RAM: 50000 of 40960".</summary>
    public string? Reason => Network is null ? "structurally impossible for this input" : Violation?.ToString();
}

/// <summary>A limit that is exceeded, by what, and the operator that needs most of it.</summary>
public sealed record Violation(Constraint Constraint, double Need, string Dominating)
{
    public override string ToString() => Constraint.IsFloor
        ? FormattableString.Invariant($"{Constraint.Name}: {Need:R}, at least {Constraint.Limit:R} is asked for")
        : FormattableString.Invariant($"{Constraint.Name}: needs {Need:R} of {Constraint.Limit:R}; {Dominating} dominates");
}
