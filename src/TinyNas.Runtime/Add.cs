#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>Operands are (value - zero point) * 2^LeftShift by their own multiplier and shift; the sum is rescaled to the output.</summary>
internal readonly record struct AddParameters(
    Broadcast Shape, int LeftShift, int ZeroPointA, int MultiplierA, int ShiftA, int ZeroPointB, int MultiplierB, int ShiftB,
    int Multiplier, int Shift, Requantizer Requantizer);

/// <summary>ADD on int8 tensors with broadcasting.</summary>
internal static class Add
{
    public static void Run(in AddParameters p, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, Span<sbyte> output)
    {
        unchecked
        {
            Broadcast s = p.Shape;
            for (int row = 0; row < s.Rows; row++)
            {
                Span<sbyte> result = output.Slice(row * s.D3, s.D3);
                int i = s.RowOfA(row), j = s.RowOfB(row);
                for (int k = 0; k < result.Length; k++, i += s.A3, j += s.B3)
                {
                    int left = FixedPoint.MultiplyByQuantizedMultiplier((a[i] - p.ZeroPointA) << p.LeftShift, p.MultiplierA, p.ShiftA);
                    int right = FixedPoint.MultiplyByQuantizedMultiplier((b[j] - p.ZeroPointB) << p.LeftShift, p.MultiplierB, p.ShiftB);
                    result[k] = p.Requantizer.Apply(left + right, p.Multiplier, p.Shift);
                }
            }
        }
    }
}
