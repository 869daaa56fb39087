using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>One coordinate of a search space: its values, the steps from one to the next, and how surrogates see them.</summary>
public abstract record Parameter(string Name)
{
    /// <summary>Null: it always exists.</summary>
    public Condition? When { get; init; }

    /// <summary>Whether its values can be counted.</summary>
    public abstract bool IsDiscrete { get; }

    /// <summary>The value it begins with where a step to a neighbour brings it into being.</summary>
    public abstract double First { get; }

    public abstract bool Contains(double value);

    /// <summary>Every value, ascending or as listed; of a continuous one <paramref name="resolution"/> evenly spaced ones, both ends included.</summary>
    public abstract IEnumerable<double> Values(int resolution);

    /// <summary>One value, uniformly (on a logarithmic scale where it has one).</summary>
    public abstract double Sample(ref RandomStream random);

    /// <summary>The value below which a share of <paramref name="unit"/>, in [0, 1], of all samples lies: what makes a design in the unit cube one of configurations.</summary>
    public abstract double At(double unit);

    /// <summary>A value at random near another: <paramref name="radius"/> is a standard deviation as a share of the range, or the probability of another option.</summary>
    public abstract double Near(double value, double radius, ref RandomStream random);

    /// <summary>The values one step away.</summary>
    public abstract IEnumerable<double> Steps(double value);

    /// <summary>Coordinates that it takes in an encoded configuration.</summary>
    public abstract int Width { get; }

    /// <summary>Writes coordinates in [0, 1]; null is a parameter that does not exist.</summary>
    public abstract void Encode(double? value, Span<double> coordinates);
}
