using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>Real numbers from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
public sealed record RealParameter(string Name, double From, double To) : OrderedParameter(Name)
{
    /// <summary>One step to a neighbour, as a share of the range.</summary>
    private const double Step = 0.1;

    /// <summary>Whether what matters is the ratio of two values (learning rates). Needs From above 0.</summary>
    public bool IsLogarithmic { get; init; }

    private Scale Scale => new(From, To, IsLogarithmic);

    public override bool IsDiscrete => false;

    public override double First => From;

    public override bool Contains(double value) => value >= From && value <= To;

    public override IEnumerable<double> Values(int resolution) => resolution < 2
        ? [Scale.Value(0.5)]
        : Enumerable.Range(0, resolution).Select(i => Scale.Value(i / (resolution - 1.0)));

    public override double Sample(ref RandomStream random) => At(random.NextDouble());

    public override double At(double unit) => Scale.Value(unit);

    public override IEnumerable<double> Steps(double value)
    {
        double unit = Scale.Unit(value);
        if (value > From) yield return Scale.Value(Math.Max(0, unit - Step));
        if (value < To) yield return Scale.Value(Math.Min(1, unit + Step));
    }

    internal override double Unit(double value) => Scale.Unit(value);

    internal override double Nearest(double unit) => Scale.Value(unit);
}
