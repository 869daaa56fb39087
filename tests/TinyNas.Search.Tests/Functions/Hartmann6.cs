using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>Hartmann's function of six variables on the unit cube; its approximations are those of Kandasamy et al. 2017 (BOCA).</summary>
public sealed class Hartmann6 : TestFunction
{
    private static readonly double[] Weights = [1, 1.2, 3, 3.2];

    private static readonly double[][] Scales =
    [
        [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] Centres =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    public override string Name => "hartmann6";

    public override ParameterSet Parameters { get; } = Box((0, 1), (0, 1), (0, 1), (0, 1), (0, 1), (0, 1));

    public override double Least => -3.322368011415515;

    public override bool HasFidelities => true;

    protected override double Value(double[] x, double share)
    {
        double sum = 0;
        for (int i = 0; i < Weights.Length; i++)
        {
            double exponent = 0;
            for (int j = 0; j < x.Length; j++) exponent += Scales[i][j] * (x[j] - Centres[i][j]) * (x[j] - Centres[i][j]);
            sum += (Weights[i] - 0.1 * (1 - share)) * DeterministicMath.Exp(-exponent);
        }
        return -sum;
    }
}
