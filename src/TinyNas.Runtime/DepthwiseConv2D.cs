#nullable enable

using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Runtime;

/// <param name="Multiplier">Output channel m + c * Multiplier is input channel c under filter m.</param>
internal readonly record struct DepthwiseConv2DParameters(
    Window Window, int InputChannels, int Multiplier, int InputZeroPoint, Requantizer Requantizer)
{
    public int OutputChannels => InputChannels * Multiplier;
}

/// <summary>
/// DEPTHWISE_CONV_2D on int8 maps with a filter [1, height, width, outputs]. A multiplier above 1 is a convolution with one
/// group per input channel; with 1, eight channels share a vector and two taps a multiply-add.
/// </summary>
internal static class DepthwiseConv2D
{
    /// <summary>16-bit numbers that <see cref="Pack"/> writes.</summary>
    public static int PackedLength(in DepthwiseConv2DParameters p) => p.Multiplier > 1
        ? Conv2D.PackedLength(AsGroups(p))
        : Pitch(p) * (p.Window.Taps + (p.Window.Taps & 1));

    /// <summary>Rearranges the filter for <see cref="Run"/>; done once per model.</summary>
    public static void Pack(in DepthwiseConv2DParameters p, ReadOnlySpan<sbyte> filter, Span<short> packed)
    {
        int taps = p.Window.Taps;
        if (p.Multiplier > 1)
        {
            int group = PackedFilter.Length(p.Multiplier, taps, 1);
            for (int c = 0; c < p.InputChannels; c++)
                PackedFilter.Pack(filter, c * p.Multiplier, 1, p.OutputChannels, p.Multiplier, taps, 1, packed.Slice(c * group, group));
            return;
        }
        // Two taps side by side per channel: [taps / 2][channels][2].
        packed.Slice(0, PackedLength(p)).Clear();
        for (int tap = 0; tap < taps; tap++)
            for (int c = 0; c < p.InputChannels; c++)
                packed[(tap / 2 * Pitch(p) + c) * 2 + (tap & 1)] = filter[tap * p.InputChannels + c];
    }

    /// <summary>16-bit numbers of scratch that <see cref="Run"/> needs.</summary>
    public static int ScratchLength(in DepthwiseConv2DParameters p) => p.Multiplier > 1
        ? Conv2D.ScratchLength(AsGroups(p))
        : p.Window.PaddedHeight * p.Window.PaddedWidth * Pitch(p);

    /// <param name="bias">One per output channel, or empty.</param>
    public static void Run(
        in DepthwiseConv2DParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<short> packed, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<short> scratch, Span<sbyte> output)
    {
        if (p.Multiplier > 1)
        {
            Conv2D.Run(AsGroups(p), input, packed, bias, multipliers, shifts, scratch, output);
            return;
        }
        Span<short> image = scratch.Slice(0, ScratchLength(p));
        PaddedImage.Fill(p.Window, input, p.InputChannels, 0, p.InputChannels, Pitch(p), p.InputZeroPoint, image);
        if (Avx2.IsSupported) RunVector(p, image, packed, bias, multipliers, shifts, output);
        else RunPortable(p, image, packed, bias, multipliers, shifts, output);
    }

    internal static void RunVector(
        in DepthwiseConv2DParameters p, ReadOnlySpan<short> image, ReadOnlySpan<short> packed, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<sbyte> output)
    {
        Window w = p.Window;
        int channels = p.InputChannels, blocks = Pitch(p) / PackedFilter.Lanes;
        ReadOnlySpan<Vector128<short>> values = MemoryMarshal.Cast<short, Vector128<short>>(image);
        ReadOnlySpan<Vector256<short>> weights = MemoryMarshal.Cast<short, Vector256<short>>(packed);
        Span<int> offsets = w.Taps <= 128 ? stackalloc int[w.Taps] : new int[w.Taps];
        for (int tap = 0; tap < w.Taps; tap++) offsets[tap] = Offset(w, tap) * blocks;
        // From the last block to the first: what a partial block spills into the next pixel is written again after it.
        for (int b = blocks - 1; b >= 0; b--)
        {
            int first = b * PackedFilter.Lanes;
            var block = new ChannelBlock(
                p.Requantizer, bias, multipliers, shifts, first, Math.Min(PackedFilter.Lanes, channels - first), spills: true);
            for (int y = 0; y < w.OutputHeight; y++)
            {
                for (int x = 0; x < w.OutputWidth; x++)
                {
                    int start = (y * w.StrideHeight * w.PaddedWidth + x * w.StrideWidth) * blocks + b;
                    Vector256<int> sums = Vector256<int>.Zero;
                    for (int tap = 0; tap < offsets.Length; tap += 2)
                    {
                        Vector128<short> even = values[start + offsets[tap]];
                        // The weight beside an odd last tap is zero.
                        Vector128<short> odd = tap + 1 < offsets.Length ? values[start + offsets[tap + 1]] : even;
                        Vector256<short> pairs = Vector256.Create(Sse2.UnpackLow(even, odd), Sse2.UnpackHigh(even, odd));
                        sums += Avx2.MultiplyAddAdjacent(pairs, weights[tap / 2 * blocks + b]);
                    }
                    block.Store(sums, output.Slice((y * w.OutputWidth + x) * channels + first));
                }
            }
        }
    }

    internal static void RunPortable(
        in DepthwiseConv2DParameters p, ReadOnlySpan<short> image, ReadOnlySpan<short> packed, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<sbyte> output)
    {
        unchecked
        {
            Window w = p.Window;
            int channels = p.InputChannels, pitch = Pitch(p);
            for (int y = 0; y < w.OutputHeight; y++)
            {
                for (int x = 0; x < w.OutputWidth; x++)
                {
                    int start = (y * w.StrideHeight * w.PaddedWidth + x * w.StrideWidth) * pitch;
                    for (int c = 0; c < channels; c++)
                    {
                        int sum = bias.IsEmpty ? 0 : bias[c];
                        for (int tap = 0; tap < w.Taps; tap++)
                            sum += image[start + Offset(w, tap) * pitch + c] * packed[(tap / 2 * pitch + c) * 2 + (tap & 1)];
                        output[(y * w.OutputWidth + x) * channels + c] = p.Requantizer.Apply(sum, multipliers[c], shifts[c]);
                    }
                }
            }
        }
    }

    /// <summary>Pixels from a window's first to its tap.</summary>
    private static int Offset(in Window w, int tap) =>
        tap / w.FilterWidth * w.DilationHeight * w.PaddedWidth + tap % w.FilterWidth * w.DilationWidth;

    private static int Pitch(in DepthwiseConv2DParameters p) =>
        (p.InputChannels + PackedFilter.Lanes - 1) / PackedFilter.Lanes * PackedFilter.Lanes;

    private static Conv2DParameters AsGroups(in DepthwiseConv2DParameters p) =>
        new(p.Window, p.InputChannels, p.OutputChannels, p.InputChannels, p.InputZeroPoint, p.Requantizer);
}
