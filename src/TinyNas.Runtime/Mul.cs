#nullable enable

using System;

namespace TinyNas.Runtime;

internal readonly record struct MulParameters(
    Broadcast Shape, int ZeroPointA, int ZeroPointB, int Multiplier, int Shift, Requantizer Requantizer);

/// <summary>MUL on int8 tensors with broadcasting.</summary>
internal static class Mul
{
    public static void Run(in MulParameters p, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, Span<sbyte> output)
    {
        unchecked
        {
            Broadcast s = p.Shape;
            for (int row = 0; row < s.Rows; row++)
            {
                Span<sbyte> result = output.Slice(row * s.D3, s.D3);
                int i = s.RowOfA(row), j = s.RowOfB(row);
                for (int k = 0; k < result.Length; k++, i += s.A3, j += s.B3)
                    result[k] = p.Requantizer.Apply((a[i] - p.ZeroPointA) * (b[j] - p.ZeroPointB), p.Multiplier, p.Shift);
            }
        }
    }
}
