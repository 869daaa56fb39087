using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>Numbers that lie on a line: near ones are alike.</summary>
public abstract record OrderedParameter(string Name) : Parameter(Name)
{
    public override int Width => 1;

    public override void Encode(double? value, Span<double> coordinates) => coordinates[0] = value is { } v ? Unit(v) : 0.5;

    public override double Near(double value, double radius, ref RandomStream random) =>
        Nearest(Math.Clamp(Unit(value) + radius * random.NextNormal(), 0, 1));

    /// <summary>Where a value lies in the range, in [0, 1].</summary>
    internal abstract double Unit(double value);

    /// <summary>The value nearest to a place in [0, 1].</summary>
    internal abstract double Nearest(double unit);
}
