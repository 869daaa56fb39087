#nullable enable

using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Runtime;

/// <summary>Rows times [Depth] to [Units].</summary>
internal readonly record struct FullyConnectedParameters(int Rows, int Depth, int Units, int InputZeroPoint, Requantizer Requantizer);

/// <summary>
/// FULLY_CONNECTED on int8 with weights [units, depth]. Multipliers and shifts are one per unit; a filter that is quantised as
/// a whole has the same in every place.
/// </summary>
internal static class FullyConnected
{
    /// <summary>16-bit numbers that <see cref="Pack"/> writes.</summary>
    public static int PackedLength(in FullyConnectedParameters p) => PackedFilter.Length(p.Units, 1, p.Depth);

    /// <summary>Rearranges the weights for <see cref="Run"/>; done once per model.</summary>
    public static void Pack(in FullyConnectedParameters p, ReadOnlySpan<sbyte> weights, Span<short> packed) =>
        PackedFilter.Pack(weights, 0, p.Depth, 0, p.Units, 1, p.Depth, packed);

    /// <summary>16-bit numbers of scratch that <see cref="Run"/> needs.</summary>
    public static int ScratchLength(in FullyConnectedParameters p) => PackedFilter.Even(p.Depth);

    /// <param name="bias">One per unit, or empty.</param>
    public static void Run(
        in FullyConnectedParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<short> packed, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<short> scratch, Span<sbyte> output)
    {
        Span<short> values = scratch.Slice(0, ScratchLength(p));
        for (int r = 0; r < p.Rows; r++)
        {
            values[values.Length - 1] = 0;
            Widening.Subtract(input.Slice(r * p.Depth, p.Depth), p.InputZeroPoint, values);
            Span<sbyte> row = output.Slice(r * p.Units, p.Units);
            if (Avx2.IsSupported) RunVector(p, values, packed, bias, multipliers, shifts, row);
            else RunPortable(p, values, packed, bias, multipliers, shifts, row);
        }
    }

    internal static void RunVector(
        in FullyConnectedParameters p, ReadOnlySpan<short> values, ReadOnlySpan<short> packed, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<sbyte> row)
    {
        ReadOnlySpan<int> pairs = MemoryMarshal.Cast<short, int>(values);
        ReadOnlySpan<Vector256<short>> weights = MemoryMarshal.Cast<short, Vector256<short>>(packed);
        var runs = WindowRuns.Single(pairs.Length);
        for (int o = 0; o < p.Units; o += PackedFilter.Lanes)
        {
            ReadOnlySpan<Vector256<short>> block = weights.Slice(o / PackedFilter.Lanes * runs.Pairs, runs.Pairs);
            var channels = new ChannelBlock(p.Requantizer, bias, multipliers, shifts, o, Math.Min(PackedFilter.Lanes, p.Units - o), spills: false);
            channels.Store(ProductKernel.One(pairs, block, runs, 0), row.Slice(o));
        }
    }

    internal static void RunPortable(
        in FullyConnectedParameters p, ReadOnlySpan<short> values, ReadOnlySpan<short> packed, ReadOnlySpan<int> bias,
        ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, Span<sbyte> row)
    {
        ReadOnlySpan<int> pairs = MemoryMarshal.Cast<short, int>(values);
        ReadOnlySpan<Vector128<int>> weights = MemoryMarshal.Cast<short, Vector128<int>>(packed);
        var runs = WindowRuns.Single(pairs.Length);
        Span<int> sums = stackalloc int[PackedFilter.Lanes];
        for (int o = 0; o < p.Units; o += PackedFilter.Lanes)
        {
            ProductKernel.Portable(pairs, weights.Slice(o / PackedFilter.Lanes * 2 * runs.Pairs, 2 * runs.Pairs), runs, 0, sums);
            p.Requantizer.Apply(sums, bias, multipliers, shifts, o, row.Slice(o, Math.Min(PackedFilter.Lanes, p.Units - o)));
        }
    }
}
