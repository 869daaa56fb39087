using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>Whole numbers from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
public sealed record IntegerParameter(string Name, int From, int To) : OrderedParameter(Name)
{
    /// <summary>Whether what matters is the ratio of two values: one doubling is as far as the next. Needs From above 0.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>How far one step goes, up and down (μNAS: 1, 3 and 5 for filters and units).</summary>
    public ImmutableArray<int> Strides { get; init; } = [1];

    public override bool IsDiscrete => true;

    public override double First => From;

    public override bool Contains(double value) => value >= From && value <= To && value == Math.Floor(value);

    public override IEnumerable<double> Values(int resolution) => Enumerable.Range(From, To - From + 1).Select(v => (double)v);

    public override double Sample(ref RandomStream random) => IsLogarithmic ? At(random.NextDouble()) : From + random.NextInt(To - From + 1);

    /// <summary>On a logarithmic scale each number owns the values that round down to it.</summary>
    public override double At(double unit) => Math.Min(To, Math.Floor(new Scale(From, To + 1.0, IsLogarithmic).Value(unit)));

    public override IEnumerable<double> Steps(double value)
    {
        foreach (int stride in Strides)
        {
            if (value - stride >= From) yield return value - stride;
            if (value + stride <= To) yield return value + stride;
        }
    }

    internal override double Unit(double value) => new Scale(From, To, IsLogarithmic).Unit(value);

    internal override double Nearest(double unit) => Math.Floor(new Scale(From, To, IsLogarithmic).Value(unit) + 0.5);
}
