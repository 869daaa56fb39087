using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>The two constrained functions of Gardner et al. 2014 on [0, 6]²: a feasible region of bands, and one of two islands of 0.9 % of the domain each.</summary>
public sealed class Gardner(bool isSecond) : TestFunction
{
    public override string Name => isSecond ? "gardner2" : "gardner1";

    public override ParameterSet Parameters { get; } = Box((0, 6), (0, 6));

    /// <summary>The second is least where sin x = -1 and sin y = 0.95.</summary>
    public override double Least => isSecond ? -1 + 1.2532358975033751 : -2;

    protected override double Value(double[] x, double share) => isSecond
        ? DeterministicMath.Sin(x[0]) + x[1]
        : DeterministicMath.Cos(2 * x[0]) * DeterministicMath.Cos(x[1]) + DeterministicMath.Sin(x[0]);

    protected override bool IsFeasible(double[] x)
    {
        double sines = DeterministicMath.Sin(x[0]) * DeterministicMath.Sin(x[1]);
        return isSecond ? sines <= -0.95 : DeterministicMath.Cos(x[0]) * DeterministicMath.Cos(x[1]) - sines <= 0.5;
    }
}
