using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>Mix-up (Zhang et al. 2018): which other sample, and how much of it. A pure function of seed, sample and epoch.</summary>
internal static class MixUp
{
    private static readonly ulong Purpose = RandomStream.KeyOf("mix-up");

    /// <summary>The other sample's index and its share, up to a half, so that the first sample is the one whose turn it is.</summary>
    public static (int Other, float Share) Draw(double alpha, int count, ulong seed, int sample, int epoch)
    {
        RandomStream random = RandomStream.Create(seed, Purpose, (ulong)sample, (ulong)epoch);
        int other = random.NextInt(count);
        double share = Beta(alpha, ref random);
        return (other, (float)Math.Min(share, 1 - share));
    }

    /// <summary>Beta(α, α) for α up to 1 (Jöhnk 1964).</summary>
    private static double Beta(double alpha, ref RandomStream random)
    {
        while (true)
        {
            double x = DeterministicMath.Pow(1 - random.NextDouble(), 1 / alpha), y = DeterministicMath.Pow(1 - random.NextDouble(), 1 / alpha);
            // With a small α both may underflow; then one is as good as the other.
            if (x + y <= 1) return x + y > 0 ? x / (x + y) : random.NextInt(2);
        }
    }
}
