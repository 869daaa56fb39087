using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// A Gaussian process with a Matérn kernel of ν = 5/2 (Rasmussen and Williams 2006, algorithm 2.1) over points of the unit cube. Values are
/// normalised to mean 0 and variance 1. Observations can be added one by one at the cost of a triangular solve.
/// Sums run in index order, in doubles without contraction: the same bits on every machine.
/// </summary>
internal sealed class GaussianProcess
{
    /// <summary>What <see cref="Fit"/> tries; of the noises the first while it looks for a length.</summary>
    private static readonly ImmutableArray<double> Lengths = [0.1, 0.2, 0.4, 0.8, 1.6], Noises = [1e-2, 1e-4, 1e-1, 0.5];

    private readonly CholeskyFactor factor = new();
    private readonly List<double[]> points = [];
    private readonly double mean, deviation;

    /// <summary>The factor's inverse applied to the normalised values, by which adding an observation leaves the earlier entries as they are.</summary>
    private readonly List<double> whitened = [];

    /// <summary>By which the covariances with a point give its mean; null: not computed since the last observation.</summary>
    private double[]? weights;

    private GaussianProcess(double length, double noise, double mean, double deviation) =>
        (Length, Noise, this.mean, this.deviation) = (length, noise, mean, deviation);

    /// <summary>Of the kernel, in units of the cube's edge.</summary>
    public double Length { get; }

    /// <summary>Variance of an observation around the function, the function's own being 1.</summary>
    public double Noise { get; }

    /// <summary>A process of a given kernel length and noise.</summary>
    public static GaussianProcess Create(double length, double noise, IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        double mean = values.Sum() / values.Count;
        double variance = values.Sum(v => (v - mean) * (v - mean)) / values.Count;
        var process = new GaussianProcess(length, noise, mean, variance > 0 ? Math.Sqrt(variance) : 1);
        for (int i = 0; i < points.Count; i++) process.Add(points[i], values[i]);
        return process;
    }

    /// <summary>
    /// Kernel length, then noise, by the largest marginal likelihood among a few values each. Lengths go with the cube's diagonal: it
    /// is what distances in many dimensions compare with.
    /// </summary>
    public static GaussianProcess Fit(IReadOnlyList<double[]> points, IReadOnlyList<double> values)
    {
        double diagonal = Math.Sqrt(points[0].Length);
        GaussianProcess best = Create(Lengths[0] * diagonal, Noises[0], points, values);
        foreach (double length in Lengths.Skip(1)) best = best.Or(Create(length * diagonal, Noises[0], points, values));
        foreach (double noise in Noises.Skip(1)) best = best.Or(Create(best.Length, noise, points, values));
        return best;
    }

    private GaussianProcess Or(GaussianProcess other) => other.LogLikelihood > LogLikelihood ? other : this;

    /// <summary>Logarithm of the marginal likelihood of the normalised values, up to a constant.</summary>
    public double LogLikelihood
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < whitened.Count; i++) sum -= 0.5 * whitened[i] * whitened[i] + DeterministicMath.Log(factor.Diagonal(i));
            return sum;
        }
    }

    public void Add(double[] point, double value)
    {
        double[] row = factor.Solve(Covariances(point));
        // Duplicates leave nothing on the diagonal but rounding; the noise floor keeps the root real.
        factor.Append(row, 1 + Noise, floor: Noise);
        double residual = (value - mean) / deviation;
        for (int i = 0; i < row.Length; i++) residual -= row[i] * whitened[i];
        weights = null;
        whitened.Add(residual / factor.Diagonal(row.Length));
        points.Add(point);
    }

    /// <summary>Mean and standard deviation of the function, in the values' own unit.</summary>
    public (double Mean, double Deviation) Predict(double[] point)
    {
        double[] solved = factor.Solve(Covariances(point));
        double expected = 0, explained = 0;
        for (int i = 0; i < solved.Length; i++)
        {
            expected += solved[i] * whitened[i];
            explained += solved[i] * solved[i];
        }
        return (mean + deviation * expected, deviation * Math.Sqrt(Math.Max(0, 1 - explained)));
    }

    /// <summary>
    /// Mean and an upper bound of the standard deviation, at the cost of the covariances alone: what the nearest observation leaves unexplained,
    /// of which more observations only take away.
    /// </summary>
    public (double Mean, double MostDeviation) Sketch(double[] point)
    {
        weights ??= factor.SolveTransposed(whitened);
        double[] covariances = Covariances(point);
        double expected = 0, nearest = 0;
        for (int i = 0; i < covariances.Length; i++)
        {
            expected += covariances[i] * weights[i];
            nearest = Math.Max(nearest, covariances[i]);
        }
        return (mean + deviation * expected, deviation * Math.Sqrt(Math.Max(0, 1 - nearest * nearest / (1 + Noise))));
    }

    private double[] Covariances(double[] point)
    {
        var covariances = new double[points.Count];
        for (int i = 0; i < covariances.Length; i++) covariances[i] = Matern(Distance(points[i], point) / Length);
        return covariances;
    }

    /// <summary>(1 + √5 r + 5 r² / 3) e^(-√5 r).</summary>
    private static double Matern(double r)
    {
        double scaled = Math.Sqrt(5) * r;
        return (1 + scaled + scaled * scaled / 3) * DeterministicMath.Exp(-scaled);
    }

    private static double Distance(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }
}
