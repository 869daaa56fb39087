using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class GaussianProcessTests
{
    [TestMethod]
    public void TheFactorTimesItsTransposeIsTheMatrix()
    {
        double[][] matrix = [[4, 2, 0.6], [2, 5, 1.5], [0.6, 1.5, 3]];
        var factor = new CholeskyFactor();
        var rows = new List<double[]>();
        for (int i = 0; i < 3; i++)
        {
            double[] row = factor.Solve(matrix[i][..i]);
            factor.Append(row, matrix[i][i], 1e-12);
            rows.Add([.. row, factor.Diagonal(i), .. new double[2 - i]]);
        }
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++)
                Assert.AreEqual(matrix[i][j], Enumerable.Range(0, 3).Sum(k => rows[i][k] * rows[j][k]), 1e-14);
    }

    /// <summary>Mean and variance of two observations, written out: K = [[1 + n, k], [k, 1 + n]].</summary>
    [TestMethod]
    public void ThePredictionFromTwoPointsIsTheClosedForm()
    {
        const double Length = 0.4, Noise = 0.01;
        GaussianProcess process = GaussianProcess.Create(Length, Noise, [[0.2], [0.7]], [1, 3]);
        static double K(double r) => (1 + Math.Sqrt(5) * r + 5 * r * r / 3) * DeterministicMath.Exp(-Math.Sqrt(5) * r);
        double k = K(0.5 / Length), a = K(0.1 / Length), b = K(0.4 / Length), d = 1 + Noise, determinant = d * d - k * k;
        // Normalised values are -1 and 1, with a mean of 2 and a deviation of 1.
        double mean = 2 + (a * (-d - k) + b * (d + k)) / determinant;
        double variance = 1 - (a * (d * a - k * b) + b * (d * b - k * a)) / determinant;
        (double Mean, double Deviation) predicted = process.Predict([0.3]);
        Assert.AreEqual(mean, predicted.Mean, 1e-13);
        Assert.AreEqual(Math.Sqrt(variance), predicted.Deviation, 1e-13);
    }

    [TestMethod]
    public void ASmoothFunctionIsLearnedAndFarFromItNothingIsCertain()
    {
        double[] xs = [.. Enumerable.Range(0, 9).Select(i => i / 16.0)];
        GaussianProcess process = GaussianProcess.Fit([.. xs.Select(x => new[] { x })], [.. xs.Select(x => DeterministicMath.Sin(6 * x))]);
        (double mean, double deviation) = process.Predict([0.28]);
        Assert.AreEqual(DeterministicMath.Sin(6 * 0.28), mean, 0.02);
        Assert.IsLessThan(process.Predict([1.0]).Deviation / 5, deviation);
    }

    [TestMethod]
    public void ObservationsMadeTwiceAndValuesThatAreAllTheSameAreNoTrouble()
    {
        GaussianProcess process = GaussianProcess.Fit([[0.5], [0.5], [0.5], [0.1]], [1, 1, 1, 1]);
        Assert.AreEqual(1, process.Predict([0.5]).Mean, 1e-9);
        Assert.IsTrue(double.IsFinite(process.Predict([0.9]).Deviation));
    }

    [TestMethod]
    public void ALineOfNoiseIsExplainedAsNoise()
    {
        var random = new RandomStream(1, 1);
        double[][] points = [.. Enumerable.Range(0, 60).Select(i => new[] { i / 59.0 })];
        double[] values = [.. points.Select(p => p[0] + 0.3 * (random.NextDouble() - 0.5))];
        GaussianProcess process = GaussianProcess.Fit(points, values);
        foreach (double x in (double[])[0.2, 0.5, 0.8]) Assert.AreEqual(x, process.Predict([x]).Mean, 0.1);
    }
}
