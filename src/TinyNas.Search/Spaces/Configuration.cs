using System.Collections.Immutable;
using System.Globalization;

namespace TinyNas.Search;

/// <summary>A point of a search space: values by name, in ordinal order of the names. Its text is canonical and serves as the trial's key.</summary>
public sealed class Configuration : IEquatable<Configuration>
{
    private readonly ImmutableSortedDictionary<string, double> values;

    public Configuration(params IEnumerable<(string Name, double Value)> values) =>
        this.values = values.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Values => values;

    public int this[string name] => (int)values[name];

    public bool Equals(Configuration? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as Configuration);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() =>
        string.Join(' ', values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}={v.Value:R}")));
}
