#nullable enable

using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Runtime;

/// <summary>
/// Requantisation of up to eight neighbouring output channels at once with AVX2, bit for bit
/// <see cref="FixedPoint.MultiplyByQuantizedMultiplier"/>, and the store of the int8 results.
/// </summary>
internal readonly struct ChannelBlock
{
    private readonly Vector256<int> bias, multiplier, left, right, mask, zeroPoint, minimum, maximum;
    private readonly int count;
    private readonly bool spills;

    /// <param name="spills">Whether the bytes after a partial block's results may be overwritten, since they are written later.</param>
    public ChannelBlock(
        in Requantizer r, ReadOnlySpan<int> biases, ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, int first, int count, bool spills)
    {
        Span<int> b = stackalloc int[PackedFilter.Lanes], m = stackalloc int[PackedFilter.Lanes];
        Span<int> l = stackalloc int[PackedFilter.Lanes], s = stackalloc int[PackedFilter.Lanes];
        b.Clear();
        m.Clear();
        l.Clear();
        s.Clear();
        for (int i = 0; i < count; i++)
        {
            int shift = shifts[first + i];
            b[i] = biases.IsEmpty ? 0 : biases[first + i];
            m[i] = multipliers[first + i];
            l[i] = Math.Max(shift, 0);
            s[i] = Math.Max(-shift, 0);
        }
        bias = Vector256.Create<int>(b);
        multiplier = Vector256.Create<int>(m);
        left = Vector256.Create<int>(l);
        right = Vector256.Create<int>(s);
        mask = Avx2.ShiftLeftLogicalVariable(Vector256<int>.One, right.AsUInt32()) - Vector256<int>.One;
        zeroPoint = Vector256.Create(r.OutputZeroPoint);
        minimum = Vector256.Create(r.Minimum);
        maximum = Vector256.Create(r.Maximum);
        this.count = count;
        this.spills = spills || count == PackedFilter.Lanes;
    }

    /// <summary>Requantises the sums and writes as many results as the block has channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Vector256<int> sums, Span<sbyte> output)
    {
        Vector256<int> x = Avx2.ShiftLeftLogicalVariable(sums + bias, left.AsUInt32());
        Vector256<long> nudge = Vector256.Create(1L << 30);
        // Bits 31 to 62 of the 64-bit products are wanted: those of even lanes end up low, those of odd lanes high.
        Vector256<long> even = Avx2.ShiftRightLogical(Avx2.Multiply(x, multiplier) + nudge, 31);
        Vector256<long> odd = Avx2.ShiftLeftLogical(
            Avx2.Multiply(Avx2.ShiftRightLogical(x.AsInt64(), 32).AsInt32(), Avx2.ShiftRightLogical(multiplier.AsInt64(), 32).AsInt32()) + nudge, 1);
        Vector256<int> high = Avx2.Blend(even.AsInt32(), odd.AsInt32(), 0b10101010);
        Vector256<int> threshold = Avx2.ShiftRightLogical(mask, 1) - Avx2.CompareGreaterThan(Vector256<int>.Zero, high);
        Vector256<int> rounded = Avx2.ShiftRightArithmeticVariable(high, right.AsUInt32())
            - Avx2.CompareGreaterThan(high & mask, threshold);
        Vector256<int> q = Avx2.Min(Avx2.Max(rounded + zeroPoint, minimum), maximum);
        Vector128<short> words = Sse2.PackSignedSaturate(q.GetLower(), q.GetUpper());
        long bytes = Sse2.PackSignedSaturate(words, words).AsInt64().ToScalar();
        if (spills && output.Length >= PackedFilter.Lanes)
        {
            BinaryPrimitives.WriteInt64LittleEndian(MemoryMarshal.AsBytes(output), bytes);
            return;
        }
        unchecked
        {
            for (int i = 0; i < count; i++, bytes >>= 8) output[i] = (sbyte)bytes;
        }
    }
}
