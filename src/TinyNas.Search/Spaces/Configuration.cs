using System.Collections.Immutable;
using System.Globalization;

namespace TinyNas.Search;

/// <summary>A point of a search space: values by name, in ordinal order of the names. Its text is canonical and serves as the trial's key.</summary>
public sealed class Configuration : IEquatable<Configuration>
{
    private readonly ImmutableSortedDictionary<string, double> values;

    private readonly string text;

    public Configuration(params IEnumerable<(string Name, double Value)> values)
    {
        this.values = values.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        text = string.Join(' ', this.values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key}={v.Value:R}")));
    }

    public IReadOnlyDictionary<string, double> Values => values;

    public int this[string name] => (int)values[name];

    public bool Equals(Configuration? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as Configuration);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(text);

    public override string ToString() => text;
}
