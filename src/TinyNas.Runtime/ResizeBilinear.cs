#nullable enable

using System;

namespace TinyNas.Runtime;

internal readonly record struct ResizeBilinearParameters(int InputWidth, int Channels);

/// <summary>
/// RESIZE_BILINEAR on int8 maps. For each output row, and each output column, a table holds three numbers: the two input
/// positions between which it lies, and how far it is from the first to the second in units of 1/1024.
/// </summary>
internal static class ResizeBilinear
{
    /// <summary>Weights along one axis add up to this.</summary>
    private const int One = 1 << 10;

    public static void Run(
        in ResizeBilinearParameters p, ReadOnlySpan<short> rows, ReadOnlySpan<short> columns, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        int channels = p.Channels, to = 0;
        for (int y = 0; y < rows.Length; y += 3)
        {
            int upper = rows[y] * p.InputWidth, lower = rows[y + 1] * p.InputWidth, down = rows[y + 2];
            for (int x = 0; x < columns.Length; x += 3, to += channels)
            {
                int left = columns[x], right = columns[x + 1], along = columns[x + 2];
                ReadOnlySpan<sbyte> a = input.Slice((upper + left) * channels, channels), b = input.Slice((upper + right) * channels, channels);
                ReadOnlySpan<sbyte> c = input.Slice((lower + left) * channels, channels), d = input.Slice((lower + right) * channels, channels);
                int wa = (One - down) * (One - along), wb = (One - down) * along, wc = down * (One - along), wd = down * along;
                Span<sbyte> result = output.Slice(to, channels);
                for (int i = 0; i < result.Length; i++)
                {
                    // Weights may be as low as -1/2 before the first position: the sum stays below 2^30.
                    int sum = a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd;
                    result[i] = unchecked((sbyte)((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20)));
                }
            }
        }
    }
}
