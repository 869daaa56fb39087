using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>Branin's function on [-5, 10] × [0, 15]; its approximations are those of Kandasamy et al. 2017 (BOCA).</summary>
public sealed class Branin : TestFunction
{
    public override string Name => "branin";

    public override ParameterSet Parameters { get; } = Box((-5, 10), (0, 15));

    public override double Least => 0.39788735772973816;

    public override bool HasFidelities => true;

    protected override double Value(double[] x, double share)
    {
        double lost = 1 - share;
        double b = 5.1 / (4 * Math.PI * Math.PI) - 0.01 * lost, c = 5 / Math.PI - 0.1 * lost, t = 1 / (8 * Math.PI) + 0.05 * lost;
        double a = x[1] - b * x[0] * x[0] + c * x[0] - 6;
        return a * a + 10 * (1 - t) * DeterministicMath.Cos(x[0]) + 10;
    }
}
