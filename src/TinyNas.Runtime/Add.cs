#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// Operands are (value - zero point) * 2^LeftShift by their own multiplier and shift; the sum is rescaled to the output. With a
/// <paramref name="Sign"/> of -1 the second is subtracted.
/// </summary>
internal readonly record struct AddParameters(
    Broadcast Shape, int LeftShift, int ZeroPointA, int MultiplierA, int ShiftA, int ZeroPointB, int MultiplierB, int ShiftB, int Sign,
    int Multiplier, int Shift, Requantizer Requantizer) : IElementwise
{
    public sbyte Apply(int a, int b)
    {
        unchecked
        {
            int left = FixedPoint.MultiplyByQuantizedMultiplier((a - ZeroPointA) << LeftShift, MultiplierA, ShiftA);
            int right = FixedPoint.MultiplyByQuantizedMultiplier((b - ZeroPointB) << LeftShift, MultiplierB, ShiftB);
            return Requantizer.Apply(left + right * Sign, Multiplier, Shift);
        }
    }
}

/// <summary>ADD and SUB on int8 tensors with broadcasting.</summary>
internal static class Add
{
    public static void Run(in AddParameters p, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, Span<sbyte> output) =>
        Elementwise.Run(p, p.Shape, a, b, output);
}
