namespace TinyNas.Training;

/// <summary>Scales of symmetric weights.</summary>
internal static class WeightScales
{
    /// <summary>Scales that are tried, as shares of the one that reaches the largest weight.</summary>
    private const int Candidates = 40;

    private const double LeastShare = 0.3;

    /// <summary>The scale with the least squared error of rounding and clipping together; few levels are better used when the largest weights clip.</summary>
    public static double LeastError(ReadOnlySpan<double> weights, int levels)
    {
        double largest = 0, best = 0, least = double.PositiveInfinity;
        foreach (double w in weights) largest = Math.Max(largest, Math.Abs(w));
        for (int i = Candidates; i >= 0; i--)
        {
            double scale = largest / levels * (LeastShare + (1 - LeastShare) * i / Candidates), error = Error(weights, scale, levels);
            if (error < least) (best, least) = (scale, error);
        }
        return best;
    }

    /// <summary>The power of two with the least squared error.</summary>
    public static double LeastErrorPower(ReadOnlySpan<double> weights, int levels)
    {
        double largest = 0, best = 0, least = double.PositiveInfinity;
        foreach (double w in weights) largest = Math.Max(largest, Math.Abs(w));
        if (largest == 0) return 0;
        double scale = Math.ScaleB(1, Math.ILogB(largest / levels) + 1);
        for (int i = 0; i < 5; i++, scale /= 2)
        {
            double error = Error(weights, scale, levels);
            if (error < least) (best, least) = (scale, error);
        }
        return best;
    }

    private static double Error(ReadOnlySpan<double> weights, double scale, int levels)
    {
        double sum = 0;
        if (scale == 0) return 0;
        foreach (double w in weights)
        {
            double error = Math.Clamp(Math.Round(w / scale, MidpointRounding.AwayFromZero), -levels, levels) * scale - w;
            sum += error * error;
        }
        return sum;
    }
}
