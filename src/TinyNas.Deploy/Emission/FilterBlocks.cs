namespace TinyNas.Deploy;

/// <summary>
/// How weights of convolutions and dense layers lie in flash (kernel.dot.c says why): blocks of four channels, of two where no
/// more than two are left, within a block words of four taps, the first word of each channel, then the second of each. What
/// is missing to a whole word or block is zero.
/// </summary>
internal static class FilterBlocks
{
    /// <summary>Bytes of <paramref name="groups"/> groups of filters.</summary>
    public static int Bytes(int groups, int channels, int taps) => groups * ((channels + 1) / 2) * 2 * Words(taps) * 4;

    /// <summary>Values at the end of bias arrays that a block reads though no channel has them.</summary>
    public static int SpareBias(int channels) => channels % 2;

    /// <param name="filters">[groups][channels][taps]</param>
    public static sbyte[] Arrange(ReadOnlySpan<sbyte> filters, int groups, int channels, int taps)
    {
        var arranged = new sbyte[Bytes(groups, channels, taps)];
        int block = 0;
        for (int g = 0; g < groups; g++)
        {
            for (int c = 0; c < channels; c += 4)
            {
                int width = channels - c > 2 ? 4 : 2;
                for (int k = 0; k < Math.Min(width, channels - c); k++)
                    for (int t = 0; t < taps; t++)
                        arranged[block + (t / 4 * width + k) * 4 + t % 4] = filters[((g * channels) + c + k) * taps + t];
                block += width * Words(taps) * 4;
            }
        }
        return arranged;
    }

    /// <summary>
    /// Biases less the sum of each filter times the input's zero point, which a kernel then need not subtract from every input.
    /// Wraps as the sums do.
    /// </summary>
    /// <param name="filters">[channels][taps]</param>
    public static int[] FoldZeroPoint(ReadOnlySpan<sbyte> filters, ReadOnlySpan<int> bias, int zeroPoint)
    {
        int taps = filters.Length / bias.Length;
        int[] folded = bias.ToArray();
        for (int c = 0; c < folded.Length; c++)
        {
            int sum = 0;
            foreach (sbyte w in filters.Slice(c * taps, taps)) sum += w;
            folded[c] = unchecked(folded[c] - sum * zeroPoint);
        }
        return folded;
    }

    private static int Words(int taps) => (taps + 3) / 4;
}
