using System.Collections.Immutable;

namespace TinyNas.Search;

/// <summary>
/// A bound on the sum of some of a trial's scalars: sum &lt;= <paramref name="Limit"/>. <paramref name="Name"/> is what messages call
/// the sum, <paramref name="Setting"/> the project property that set the limit.
/// </summary>
public sealed record Constraint(string Name, ImmutableArray<string> Terms, double Limit, string Setting)
{
    /// <summary>Whether all terms have been measured. Figures known before training are tested before training.</summary>
    public bool IsKnown(IReadOnlyDictionary<string, double> scalars) => Terms.All(scalars.ContainsKey);

    public double Value(IReadOnlyDictionary<string, double> scalars) => Terms.Sum(t => scalars[t]);

    public bool Holds(IReadOnlyDictionary<string, double> scalars) => Value(scalars) <= Limit;

    public override string ToString() => FormattableString.Invariant($"{string.Join('+', Terms)}<={Limit:R}");
}
