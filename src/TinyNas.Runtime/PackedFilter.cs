#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// Weights in the order in which <see cref="ProductKernel"/> reads them: blocks of eight output channels; within a block,
/// for every two neighbouring values of the window, eight times the channel's two weights as 16-bit numbers. So a
/// broadcast pair of inputs and one multiply-add-adjacent advance eight sums, and no sum has to be folded at the end.
/// Windows have an even number of input channels and blocks are whole: what is missing has weight zero.
/// </summary>
internal static class PackedFilter
{
    public const int Lanes = 8;

    public static int Even(int channels) => channels + (channels & 1);

    /// <summary>16-bit numbers for <paramref name="outputs"/> channels over a window of <paramref name="taps"/> * <paramref name="inputs"/>.</summary>
    public static int Length(int outputs, int taps, int inputs) => (outputs + Lanes - 1) / Lanes * Lanes * taps * Even(inputs);

    /// <summary>Weight (o, tap, i) is read at <paramref name="start"/> + o * <paramref name="outputStride"/> + tap * <paramref name="tapStride"/> + i.</summary>
    public static void Pack(
        ReadOnlySpan<sbyte> filter, int start, int outputStride, int tapStride, int outputs, int taps, int inputs, Span<short> packed)
    {
        packed.Slice(0, Length(outputs, taps, inputs)).Clear();
        int window = taps * Even(inputs);
        for (int o = 0; o < outputs; o++)
        {
            int block = o / Lanes * Lanes * window + o % Lanes * 2;
            for (int tap = 0; tap < taps; tap++)
            {
                for (int i = 0; i < inputs; i++)
                {
                    int k = tap * Even(inputs) + i;
                    packed[block + k / 2 * (2 * Lanes) + (k & 1)] = filter[start + o * outputStride + tap * tapStride + i];
                }
            }
        }
    }
}
