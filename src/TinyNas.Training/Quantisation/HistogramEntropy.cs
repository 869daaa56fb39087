using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Calibration by entropy (Migacz 2017), for ranges that need not be symmetric: of the full range scaled down step by step, the one whose 256
/// levels, spread out again over the bins that they stand for, diverge least from the distribution with its outliers at the ends.
/// </summary>
internal sealed class HistogramEntropy(long[] counts, double minimum, double maximum)
{
    private const int Candidates = 100, FewestPercent = 10, Levels = 256;

    public ActivationRange Least()
    {
        var best = new ActivationRange(minimum, maximum);
        double least = double.PositiveInfinity;
        if (!(maximum > minimum)) return best;
        for (int i = Candidates; i >= FewestPercent; i--)
        {
            var range = new ActivationRange(minimum * i / Candidates, maximum * i / Candidates);
            double divergence = Divergence(range);
            if (divergence < least) (best, least) = (range, divergence);
        }
        return best;
    }

    private double Divergence(ActivationRange range)
    {
        double width = (maximum - minimum) / counts.Length;
        int first = Math.Clamp((int)Math.Floor((range.Minimum - minimum) / width), 0, counts.Length - 1);
        int last = Math.Clamp((int)Math.Ceiling((range.Maximum - minimum) / width) - 1, first, counts.Length - 1);
        long below = 0, above = 0;
        for (int i = 0; i < first; i++) below += counts[i];
        for (int i = last + 1; i < counts.Length; i++) above += counts[i];

        // Clipped values are part of the distribution, but no level has learnt of them: that is what clipping costs.
        int bins = last - first + 1;
        var seen = new long[Levels];
        var filled = new int[Levels];
        for (int i = 0; i < bins; i++)
        {
            if (counts[first + i] == 0) continue;
            int level = (int)((long)i * Levels / bins);
            seen[level] += counts[first + i];
            filled[level]++;
        }
        double all = 0, inside = 0, sum = 0;
        for (int i = 0; i < counts.Length; i++) all += counts[i];
        foreach (long n in seen) inside += n;
        if (inside == 0) return double.PositiveInfinity;
        for (int i = 0; i < bins; i++)
        {
            long own = counts[first + i], p = own + (i == 0 ? below : 0) + (i == bins - 1 ? above : 0);
            if (p == 0) continue;
            int level = (int)((long)i * Levels / bins);
            // An end bin that held nothing itself has no share of a level: the divergence would be infinite.
            double q = own == 0 ? 1e-9 : seen[level] / (double)filled[level] / inside;
            sum += p / all * DeterministicMath.Log(p / all / q);
        }
        return sum;
    }
}
