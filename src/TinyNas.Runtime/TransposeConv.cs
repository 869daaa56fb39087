#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>Input position (y, x) under tap (i, j) reaches output position (y * StrideHeight + i - PadTop, x * StrideWidth + j - PadLeft).</summary>
internal readonly record struct TransposeConvParameters(
    int InputHeight, int InputWidth, int InputChannels, int OutputHeight, int OutputWidth, int OutputChannels, int FilterHeight, int FilterWidth,
    int StrideHeight, int StrideWidth, int PadTop, int PadLeft, int InputZeroPoint, Requantizer Requantizer);

/// <summary>
/// TRANSPOSE_CONV on int8 maps with a filter [outputs, height, width, inputs]: every output gathers the inputs that reach it, which
/// gives the sums that scattering each input would, without a buffer for them.
/// </summary>
internal static class TransposeConv
{
    /// <param name="bias">One per output channel, or empty.</param>
    public static void Run(
        in TransposeConvParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> filter, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<sbyte> output)
    {
        for (int y = 0, to = 0; y < p.OutputHeight; y++)
            for (int x = 0; x < p.OutputWidth; x++)
                for (int o = 0; o < p.OutputChannels; o++, to++)
                {
                    int sum = Sum(p, input, filter.Slice(o * p.FilterHeight * p.FilterWidth * p.InputChannels), y + p.PadTop, x + p.PadLeft);
                    output[to] = p.Requantizer.Apply(unchecked(sum + (bias.IsEmpty ? 0 : bias[o])), multipliers[o], shifts[o]);
                }
    }

    /// <summary>Of the taps that lead from an input position to <paramref name="y"/>, <paramref name="x"/>.</summary>
    private static int Sum(in TransposeConvParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> filter, int y, int x)
    {
        unchecked
        {
            int sum = 0;
            for (int i = y % p.StrideHeight; i < p.FilterHeight && i <= y; i += p.StrideHeight)
            {
                int row = (y - i) / p.StrideHeight;
                if (row >= p.InputHeight) continue;
                for (int j = x % p.StrideWidth; j < p.FilterWidth && j <= x; j += p.StrideWidth)
                {
                    int column = (x - j) / p.StrideWidth;
                    if (column >= p.InputWidth) continue;
                    ReadOnlySpan<sbyte> values = input.Slice((row * p.InputWidth + column) * p.InputChannels, p.InputChannels);
                    ReadOnlySpan<sbyte> weights = filter.Slice((i * p.FilterWidth + j) * p.InputChannels, p.InputChannels);
                    for (int c = 0; c < values.Length; c++) sum += (values[c] - p.InputZeroPoint) * weights[c];
                }
            }
            return sum;
        }
    }
}
