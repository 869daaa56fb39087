namespace TinyNas.Training;

/// <summary>
/// Values of one activation over the calibration samples, counted in equal bins between the least and the greatest.
/// Counts are integers, so the order of samples does not matter.
/// </summary>
internal sealed class ActivationHistogram
{
    /// <summary>32 bins to an int8 step at full range: fine enough to see rounding errors in.</summary>
    private const int Bins = 8192;

    private readonly long[] counts = new long[Bins];
    private double binsPerUnit;

    public double Minimum { get; private set; }

    public double Maximum { get; private set; }

    public long Total { get; private set; }

    /// <summary>First pass: widens the range, which starts as [0, 0].</summary>
    public void Widen(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) throw new ArgumentException("An activation is not finite.", nameof(values));
            if (value < Minimum) Minimum = value;
            else if (value > Maximum) Maximum = value;
        }
        binsPerUnit = Maximum > Minimum ? Bins / (Maximum - Minimum) : 0;
    }

    /// <summary>Second pass, when every value has been seen by <see cref="Widen"/>.</summary>
    public void Count(ReadOnlySpan<float> values)
    {
        foreach (float value in values) counts[Math.Min((int)((value - Minimum) * binsPerUnit), Bins - 1)]++;
        Total += values.Length;
    }

    public ActivationRange Range(QuantisationOptions options) => options.Method switch
    {
        CalibrationMethod.MinMax => new ActivationRange(Minimum, Maximum),
        CalibrationMethod.Percentile => Percentile(options.Percentile),
        CalibrationMethod.MeanSquaredError => LeastSquaredError(),
        CalibrationMethod.Entropy => new HistogramEntropy(counts, Minimum, Maximum).Least(),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Method, null),
    };

    private ActivationRange Percentile(double percent)
    {
        double left = Total * (100 - percent) / 100;
        int low = 0, high = Bins - 1;
        for (long outside = counts[low]; outside <= left && low < high; outside += counts[low]) low++;
        for (long outside = counts[high]; outside <= left && high > low; outside += counts[high]) high--;
        double width = (Maximum - Minimum) / Bins;
        return new ActivationRange(Math.Min(Minimum + low * width, 0), Math.Max(Minimum + (high + 1) * width, 0));
    }

    /// <summary>Tries the full range scaled by 1 %, 2 %, … 100 %.</summary>
    private ActivationRange LeastSquaredError()
    {
        const int candidates = 100;
        var best = new ActivationRange(Minimum, Maximum);
        double least = double.PositiveInfinity;
        for (int i = candidates; i >= 1; i--)
        {
            var range = new ActivationRange(Minimum * i / candidates, Maximum * i / candidates);
            double error = SquaredError(range, least);
            if (error < least) (best, least) = (range, error);
        }
        return best;
    }

    private double SquaredError(ActivationRange range, double enough)
    {
        double scale = range.Scale, zero = range.ZeroPoint, width = (Maximum - Minimum) / Bins, sum = 0;
        for (int i = 0; i < Bins && sum < enough; i++)
        {
            if (counts[i] == 0) continue;
            double value = Minimum + (i + 0.5) * width;
            double q = Math.Clamp(Math.Round(value / scale, MidpointRounding.AwayFromZero) + zero, sbyte.MinValue, sbyte.MaxValue);
            double error = (q - zero) * scale - value;
            sum += counts[i] * error * error;
        }
        return sum;
    }
}
