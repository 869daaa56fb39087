using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>One of some numbers that have no order among them: kinds by index, switches as 0 and 1. Any other is one step away.</summary>
public sealed record ChoiceParameter(string Name, params ImmutableArray<double> Options) : Parameter(Name)
{
    /// <summary>One-hot coordinates of this size put any two options a distance of 1 apart, as far as the ends of a range.</summary>
    private static readonly double Hot = Math.Sqrt(0.5);

    public override bool IsDiscrete => true;

    public override double First => Options[0];

    public override bool Contains(double value) => Options.Contains(value);

    public override IEnumerable<double> Values(int resolution) => Options;

    public override double Sample(ref RandomStream random) => Options[random.NextInt(Options.Length)];

    public override double At(double unit) => Options[Math.Min(Options.Length - 1, (int)(unit * Options.Length))];

    public override double Near(double value, double radius, ref RandomStream random) => random.NextDouble() < radius ? Sample(ref random) : value;

    public override IEnumerable<double> Steps(double value) => Options.Where(o => o != value);

    public override int Width => Options.Length;

    public override void Encode(double? value, Span<double> coordinates)
    {
        for (int i = 0; i < Options.Length; i++) coordinates[i] = Options[i] == value ? Hot : 0;
    }
}
