namespace TinyNas.Model;

/// <summary>
/// Counter-based random numbers: element n of stream (seed, key) is a pure function of the three, so results do not
/// depend on threads or on what was drawn before. The mixer is SplitMix64's finaliser (Steele et al. 2014).
/// </summary>
public struct RandomStream(ulong seed, ulong key)
{
    private readonly ulong origin = Mix(seed + 0x9E3779B97F4A7C15 * (Mix(key) | 1));

    /// <summary>Numbers drawn so far; settable, which makes the stream seekable.</summary>
    public ulong Position { get; set; } = 0;

    /// <summary>A stream for a part of this one's task (an epoch, a sample, a layer).</summary>
    public static RandomStream Create(ulong seed, params ReadOnlySpan<ulong> keys)
    {
        ulong key = 0x2545F4914F6CDD1D;
        foreach (ulong k in keys) key = Mix(key ^ Mix(k + 0x9E3779B97F4A7C15));
        return new RandomStream(seed, key);
    }

    /// <summary>A stable 64-bit key of a text (FNV-1a, mixed).</summary>
    public static ulong KeyOf(string text)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in text) hash = (hash ^ c) * 0x100000001B3;
        return Mix(hash);
    }

    public ulong NextUInt64() => Mix(origin + 0x9E3779B97F4A7C15 * ++Position);

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, 1) with 24 bits.</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1.0f / (1 << 24));

    /// <summary>Uniform in [0, bound); the bias is below bound / 2^64.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>Standard normal (Box-Muller on <see cref="DeterministicMath"/>).</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * DeterministicMath.Log(1 - NextDouble()));
        return radius * DeterministicMath.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Fisher-Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
