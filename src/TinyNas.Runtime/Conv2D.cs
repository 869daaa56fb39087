#nullable enable

using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Runtime;

/// <param name="Groups">Output channel c reads input channels of group c / (OutputChannels / Groups).</param>
internal readonly record struct Conv2DParameters(
    Window Window, int InputChannels, int OutputChannels, int Groups, int InputZeroPoint, Requantizer Requantizer)
{
    public int GroupInputs => InputChannels / Groups;

    public int GroupOutputs => OutputChannels / Groups;
}

/// <summary>
/// CONV_2D on int8 maps [height, width, channels]: out = requantise(sum of weight * (input - input zero point) + bias), one
/// multiplier and shift per output channel. Group g of a grouped convolution is a convolution of its own.
/// </summary>
internal static class Conv2D
{
    /// <summary>16-bit numbers that <see cref="Pack"/> writes.</summary>
    public static int PackedLength(in Conv2DParameters p) => p.Groups * GroupLength(p);

    /// <summary>Rearranges the filter [outputs, height, width, inputs / groups] for <see cref="Run"/>; done once per model.</summary>
    public static void Pack(in Conv2DParameters p, ReadOnlySpan<sbyte> filter, Span<short> packed)
    {
        int taps = p.Window.Taps, window = taps * p.GroupInputs;
        for (int g = 0; g < p.Groups; g++)
        {
            PackedFilter.Pack(
                filter, g * p.GroupOutputs * window, window, p.GroupInputs, p.GroupOutputs, taps, p.GroupInputs,
                packed.Slice(g * GroupLength(p), GroupLength(p)));
        }
    }

    /// <summary>16-bit numbers of scratch that <see cref="Run"/> needs.</summary>
    public static int ScratchLength(in Conv2DParameters p) =>
        p.Window.PaddedHeight * p.Window.PaddedWidth * PackedFilter.Even(p.GroupInputs);

    /// <param name="bias">One per output channel, or empty.</param>
    public static void Run(
        in Conv2DParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<short> packed, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<short> scratch, Span<sbyte> output)
    {
        int pitch = PackedFilter.Even(p.GroupInputs);
        WindowRuns runs = WindowRuns.Of(p.Window, pitch);
        Span<short> image = scratch.Slice(0, ScratchLength(p));
        for (int g = 0; g < p.Groups; g++)
        {
            PaddedImage.Fill(p.Window, input, p.InputChannels, g * p.GroupInputs, p.GroupInputs, pitch, p.InputZeroPoint, image);
            ReadOnlySpan<short> filter = packed.Slice(g * GroupLength(p), GroupLength(p));
            if (Avx2.IsSupported) RunVector(p, runs, g, image, filter, bias, multipliers, shifts, output);
            else RunPortable(p, runs, g, image, filter, bias, multipliers, shifts, output);
        }
    }

    internal static void RunVector(
        in Conv2DParameters p, in WindowRuns runs, int group, ReadOnlySpan<short> image, ReadOnlySpan<short> filter, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<sbyte> output)
    {
        Window w = p.Window;
        ReadOnlySpan<int> pairs = MemoryMarshal.Cast<short, int>(image);
        ReadOnlySpan<Vector256<short>> weights = MemoryMarshal.Cast<short, Vector256<short>>(filter);
        // From the last block to the first: what a partial block spills into the next pixel is written again after it.
        for (int o = (p.GroupOutputs - 1) / PackedFilter.Lanes * PackedFilter.Lanes; o >= 0; o -= PackedFilter.Lanes)
        {
            ReadOnlySpan<Vector256<short>> block = weights.Slice(o / PackedFilter.Lanes * runs.Pairs, runs.Pairs);
            int first = group * p.GroupOutputs + o;
            var channels = new ChannelBlock(
                p.Requantizer, bias, multipliers, shifts, first, Math.Min(PackedFilter.Lanes, p.GroupOutputs - o), p.Groups == 1);
            for (int y = 0; y < w.OutputHeight; y++)
            {
                int at = y * w.OutputWidth * p.OutputChannels + first, start = y * runs.OutputRowStep, x = 0;
                for (; x + 4 <= w.OutputWidth; x += 4)
                {
                    var (a, b, c, d) = ProductKernel.Four(pairs, block, runs, start, runs.OutputStep);
                    channels.Store(a, output.Slice(at));
                    channels.Store(b, output.Slice(at + p.OutputChannels));
                    channels.Store(c, output.Slice(at + 2 * p.OutputChannels));
                    channels.Store(d, output.Slice(at + 3 * p.OutputChannels));
                    at += 4 * p.OutputChannels;
                    start += 4 * runs.OutputStep;
                }
                for (; x < w.OutputWidth; x++, at += p.OutputChannels, start += runs.OutputStep)
                    channels.Store(ProductKernel.One(pairs, block, runs, start), output.Slice(at));
            }
        }
    }

    internal static void RunPortable(
        in Conv2DParameters p, in WindowRuns runs, int group, ReadOnlySpan<short> image, ReadOnlySpan<short> filter, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<sbyte> output)
    {
        unchecked
        {
            Window w = p.Window;
            ReadOnlySpan<int> pairs = MemoryMarshal.Cast<short, int>(image);
            ReadOnlySpan<Vector128<int>> weights = MemoryMarshal.Cast<short, Vector128<int>>(filter);
            Span<int> sums = stackalloc int[PackedFilter.Lanes];
            for (int o = 0; o < p.GroupOutputs; o += PackedFilter.Lanes)
            {
                ReadOnlySpan<Vector128<int>> block = weights.Slice(o / PackedFilter.Lanes * 2 * runs.Pairs, 2 * runs.Pairs);
                int first = group * p.GroupOutputs + o, count = Math.Min(PackedFilter.Lanes, p.GroupOutputs - o);
                for (int y = 0; y < w.OutputHeight; y++)
                {
                    for (int x = 0; x < w.OutputWidth; x++)
                    {
                        ProductKernel.Portable(pairs, block, runs, y * runs.OutputRowStep + x * runs.OutputStep, sums);
                        Span<sbyte> result = output.Slice((y * w.OutputWidth + x) * p.OutputChannels + first, count);
                        p.Requantizer.Apply(sums, bias, multipliers, shifts, first, result);
                    }
                }
            }
        }
    }

    private static int GroupLength(in Conv2DParameters p) => PackedFilter.Length(p.GroupOutputs, p.Window.Taps, p.GroupInputs);
}
