using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// A support vector machine with a Gaussian kernel exp(-γ‖x - y‖²) for two classes, solved by sequential minimal optimisation on the pair that
/// violates the conditions most (Keerthi et al. 2001). Errors cost a class of few points as much as one of many. Ties go to the
/// earlier point, so the same points give the same bits.
/// </summary>
internal sealed class SupportVectorMachine
{
    private const double Tolerance = 1e-3;

    /// <summary>Steps per point after which it is taken as it is.</summary>
    private const int MostSteps = 100;

    private readonly IReadOnlyList<double[]> points;
    private readonly double[] coefficients;
    private readonly double gamma;

    /// <param name="cost">Of an error, on average over the classes (C).</param>
    public SupportVectorMachine(IReadOnlyList<double[]> points, IReadOnlyList<bool> labels, double gamma, double cost)
    {
        (this.points, this.gamma) = (points, gamma);
        int n = points.Count, positive = labels.Count(l => l);
        double[] signs = [.. labels.Select(l => l ? 1.0 : -1)];
        double[] caps = [.. labels.Select(l => cost * n / (2.0 * Math.Max(1, l ? positive : n - positive)))];
        var weights = new double[n];
        var gradient = new double[n];
        Array.Fill(gradient, -1);
        double[][] kernel = [.. points.Select(a => points.Select(b => Kernel(a, b)).ToArray())];
        for (int step = 0; step < MostSteps * n; step++)
        {
            (int up, double most) = Extreme(i => signs[i] > 0 ? weights[i] < caps[i] : weights[i] > 0, i => -signs[i] * gradient[i]);
            (int low, double least) = Extreme(i => signs[i] > 0 ? weights[i] > 0 : weights[i] < caps[i], i => signs[i] * gradient[i]);
            Bias = (most - least) / 2;
            if (up < 0 || low < 0 || most + least <= Tolerance) break;
            double curvature = Math.Max(1e-12, kernel[up][up] + kernel[low][low] - 2 * kernel[up][low]);
            double by = (most + least) / curvature;
            by = Math.Min(by, signs[up] > 0 ? caps[up] - weights[up] : weights[up]);
            by = Math.Min(by, signs[low] > 0 ? weights[low] : caps[low] - weights[low]);
            weights[up] += signs[up] * by;
            weights[low] -= signs[low] * by;
            for (int i = 0; i < n; i++) gradient[i] += signs[i] * by * (kernel[i][up] - kernel[i][low]);
        }
        coefficients = [.. weights.Select((w, i) => w * signs[i])];

        (int, double) Extreme(Func<int, bool> allowed, Func<int, double> value)
        {
            (int At, double Value) best = (-1, double.NegativeInfinity);
            for (int i = 0; i < n; i++)
                if (allowed(i) && value(i) > best.Value) best = (i, value(i));
            return best;
        }
    }

    private double Bias { get; set; }

    /// <summary>Above 0 for one class, below for the other; near 0 the boundary.</summary>
    public double Margin(double[] point)
    {
        double sum = Bias;
        for (int i = 0; i < coefficients.Length; i++)
            if (coefficients[i] != 0) sum += coefficients[i] * Kernel(points[i], point);
        return sum;
    }

    private double Kernel(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return DeterministicMath.Exp(-gamma * sum);
    }
}
