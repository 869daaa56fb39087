namespace TinyNas.Data;

/// <summary>
/// Integer weights of source positions for each target position along one axis; every target's weights add up to
/// <see cref="Total"/>. Target i reads <see cref="Weights"/>[i * Taps ...] from <see cref="First"/>[i] on.
/// </summary>
internal sealed record AxisWeights(int[] First, int[] Weights, int Taps, int Total)
{
    /// <summary>Area average when shrinking, bilinear with aligned centres and repeated edges when enlarging.</summary>
    public static AxisWeights Resize(int source, int target) =>
        target <= source ? Area(source, target) : Linear(source, target, target, source);

    /// <summary>In units of 1/target source pixel, target i covers [i source, (i + 1) source): weights are the overlaps.</summary>
    private static AxisWeights Area(int source, int target)
    {
        int taps = (source + target - 1) / target + 1;
        var first = new int[target];
        var weights = new int[target * taps];
        for (int i = 0; i < target; i++)
        {
            long from = (long)i * source, to = from + source;
            first[i] = (int)(from / target);
            for (int t = 0; t < taps; t++)
            {
                long left = (long)(first[i] + t) * target;
                weights[i * taps + t] = (int)Math.Max(0, Math.Min(to, left + target) - Math.Max(from, left));
            }
        }
        return new AxisWeights(first, weights, taps, source);
    }

    /// <summary>
    /// Bilinear for a grid that is <paramref name="numerator"/>/<paramref name="denominator"/> times as fine: target i lies
    /// at ((2 i + 1) denominator - numerator) / (2 numerator) source pixels.
    /// </summary>
    public static AxisWeights Linear(int source, int target, int numerator, int denominator)
    {
        int total = 2 * numerator;
        var first = new int[target];
        var weights = new int[2 * target];
        for (int i = 0; i < target; i++)
        {
            long position = Math.Clamp((2L * i + 1) * denominator - numerator, 0, (long)(source - 1) * total);
            first[i] = (int)(position / total);
            weights[2 * i + 1] = (int)(position % total);
            weights[2 * i] = total - weights[2 * i + 1];
        }
        return new AxisWeights(first, weights, 2, total);
    }
}
