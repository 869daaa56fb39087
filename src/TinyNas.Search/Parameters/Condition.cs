namespace TinyNas.Search;

/// <summary>When a parameter exists: while an earlier one has a value from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
public sealed record Condition(string Parameter, double From, double To)
{
    public static Condition AtLeast(string parameter, double from) => new(parameter, from, double.PositiveInfinity);

    public static Condition Is(string parameter, double value) => new(parameter, value, value);

    /// <summary>A parameter whose own parent does not exist does not exist either.</summary>
    internal bool Holds(IReadOnlyDictionary<string, double> values) =>
        values.TryGetValue(Parameter, out double value) && value >= From && value <= To;
}
