using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>A range, linear or logarithmic, and its image [0, 1].</summary>
internal readonly record struct Scale(double From, double To, bool IsLogarithmic)
{
    public double Unit(double value) => To <= From ? 0.5 : Math.Clamp(
        IsLogarithmic ? DeterministicMath.Log(value / From) / DeterministicMath.Log(To / From) : (value - From) / (To - From), 0, 1);

    /// <summary>Clamped, because a logarithm and its inverse may miss an end by a rounding.</summary>
    public double Value(double unit) => Math.Clamp(
        IsLogarithmic ? From * DeterministicMath.Exp(unit * DeterministicMath.Log(To / From)) : From + unit * (To - From), From, To);
}
