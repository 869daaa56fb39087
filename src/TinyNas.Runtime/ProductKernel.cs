#nullable enable

using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TinyNas.Runtime;

/// <summary>
/// Sums of products of image windows and a block of a <see cref="PackedFilter"/>, two products per lane and step. A window is
/// <c>rows</c> times <c>columns</c> runs of neighbouring pairs of values; offsets count pairs. Sums wrap, so that their order does not matter.
/// </summary>
internal static class ProductKernel
{
    /// <summary>Four windows, at start, start + step, start + 2 step and start + 3 step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<int> A, Vector256<int> B, Vector256<int> C, Vector256<int> D) Four(
        ReadOnlySpan<int> image, ReadOnlySpan<Vector256<short>> block, in WindowRuns runs, int start, int step)
    {
        Vector256<int> a = Vector256<int>.Zero, b = a, c = a, d = a;
        int weight = 0;
        for (int y = 0; y < runs.Rows; y++)
        {
            for (int x = 0; x < runs.Columns; x++)
            {
                ReadOnlySpan<Vector256<short>> w = block.Slice(weight, runs.Length);
                int offset = start + y * runs.RowStep + x * runs.ColumnStep;
                ReadOnlySpan<int> p = image.Slice(offset, runs.Length), q = image.Slice(offset + step, runs.Length);
                ReadOnlySpan<int> r = image.Slice(offset + 2 * step, runs.Length), s = image.Slice(offset + 3 * step, runs.Length);
                for (int i = 0; i < w.Length; i++)
                {
                    a += Avx2.MultiplyAddAdjacent(Vector256.Create(p[i]).AsInt16(), w[i]);
                    b += Avx2.MultiplyAddAdjacent(Vector256.Create(q[i]).AsInt16(), w[i]);
                    c += Avx2.MultiplyAddAdjacent(Vector256.Create(r[i]).AsInt16(), w[i]);
                    d += Avx2.MultiplyAddAdjacent(Vector256.Create(s[i]).AsInt16(), w[i]);
                }
                weight += runs.Length;
            }
        }
        return (a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> One(ReadOnlySpan<int> image, ReadOnlySpan<Vector256<short>> block, in WindowRuns runs, int start)
    {
        Vector256<int> a = Vector256<int>.Zero;
        int weight = 0;
        for (int y = 0; y < runs.Rows; y++)
        {
            for (int x = 0; x < runs.Columns; x++)
            {
                ReadOnlySpan<Vector256<short>> w = block.Slice(weight, runs.Length);
                ReadOnlySpan<int> p = image.Slice(start + y * runs.RowStep + x * runs.ColumnStep, runs.Length);
                for (int i = 0; i < w.Length; i++) a += Avx2.MultiplyAddAdjacent(Vector256.Create(p[i]).AsInt16(), w[i]);
                weight += runs.Length;
            }
        }
        return a;
    }

    /// <summary>
    /// One window with the vectors that every processor has, 128 bits of 32-bit numbers: a pair's halves are taken apart by
    /// shifts, in weights and inputs alike, whatever the byte order.
    /// </summary>
    public static void Portable(
        ReadOnlySpan<int> image, ReadOnlySpan<Vector128<int>> block, in WindowRuns runs, int start, Span<int> sums)
    {
        Vector128<int> a = Vector128<int>.Zero, b = a;
        int weight = 0;
        for (int y = 0; y < runs.Rows; y++)
        {
            for (int x = 0; x < runs.Columns; x++)
            {
                ReadOnlySpan<int> p = image.Slice(start + y * runs.RowStep + x * runs.ColumnStep, runs.Length);
                ReadOnlySpan<Vector128<int>> w = block.Slice(weight, 2 * runs.Length);
                for (int i = 0; i < p.Length; i++)
                {
                    Vector128<int> pair = Vector128.Create(p[i]);
                    Vector128<int> low = Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(pair, 16), 16);
                    Vector128<int> high = Vector128.ShiftRightArithmetic(pair, 16);
                    Vector128<int> first = w[2 * i], second = w[2 * i + 1];
                    a += Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(first, 16), 16) * low + Vector128.ShiftRightArithmetic(first, 16) * high;
                    b += Vector128.ShiftRightArithmetic(Vector128.ShiftLeft(second, 16), 16) * low + Vector128.ShiftRightArithmetic(second, 16) * high;
                }
                weight += 2 * runs.Length;
            }
        }
        a.CopyTo(sums);
        b.CopyTo(sums.Slice(Vector128<int>.Count));
    }
}
