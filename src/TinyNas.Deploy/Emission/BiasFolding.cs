namespace TinyNas.Deploy;

/// <summary>
/// Takes the input zero point out of the inner loop: the sum of w (x - z) + b is the sum of w x + (b - z sum w). Exact where
/// every tap lies inside the input; a kernel that leaves taps out uses the bias as it was for those positions.
/// </summary>
internal static class BiasFolding
{
    /// <summary>b - z sum w for each of the bias's channels; <paramref name="weights"/> are [channels][taps].</summary>
    public static int[] Fold(ReadOnlySpan<int> bias, ReadOnlySpan<sbyte> weights, int zeroPoint)
    {
        var folded = bias.ToArray();
        int taps = weights.Length / bias.Length;
        for (int c = 0; c < folded.Length; c++)
        {
            int sum = 0;
            foreach (sbyte w in weights.Slice(c * taps, taps)) sum += w;
            folded[c] = unchecked(folded[c] - zeroPoint * sum);
        }
        return folded;
    }
}
