#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>Rows of Depth values; differences times 2^LeftShift * Multiplier / 2^31 are Q5.26.</summary>
internal readonly record struct SoftmaxParameters(int Rows, int Depth, int Multiplier, int LeftShift, int LeastDifference);

/// <summary>SOFTMAX from int8 to int8 with scale 1/256 and zero point -128. Differences to the largest below LeastDifference count as nothing.</summary>
internal static class Softmax
{
    public static void Run(in SoftmaxParameters p, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        unchecked
        {
            for (int r = 0; r < p.Rows; r++)
            {
                ReadOnlySpan<sbyte> values = input.Slice(r * p.Depth, p.Depth);
                Span<sbyte> results = output.Slice(r * p.Depth, p.Depth);
                int largest = sbyte.MinValue;
                for (int i = 0; i < values.Length; i++) largest = Math.Max(largest, values[i]);

                int sum = 0;
                for (int i = 0; i < values.Length; i++)
                {
                    if (values[i] - largest >= p.LeastDifference)
                        sum += FixedPoint.RoundingDivideByPowerOfTwo(Exp(p, values[i] - largest), 12);
                }
                int scale = FixedPointFunctions.Reciprocal(sum, out int bitsOverUnit);
                for (int i = 0; i < values.Length; i++)
                {
                    int difference = values[i] - largest, q = sbyte.MinValue;
                    if (difference >= p.LeastDifference)
                    {
                        int share = FixedPoint.SaturatingRoundingDoublingHighMul(scale, Exp(p, difference));
                        int exponent = bitsOverUnit + 31 - 8;
                        // Above 31, with more than 500 equal classes, every share rounds to 0.
                        if (exponent <= 31) q += FixedPoint.RoundingDivideByPowerOfTwo(share, exponent);
                    }
                    results[i] = (sbyte)Math.Min(q, (int)sbyte.MaxValue);
                }
            }
        }
    }

    private static int Exp(in SoftmaxParameters p, int difference)
    {
        unchecked
        {
            return FixedPointFunctions.ExpOnNegativeValues(
                FixedPoint.SaturatingRoundingDoublingHighMul(difference << p.LeftShift, p.Multiplier));
        }
    }
}
