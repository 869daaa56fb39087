#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// Rows of Depth values; differences times 2^LeftShift * Multiplier / 2^31 are Q5.26. Back from there it is times
/// BackMultiplier / 2^31 * 2^BackShift.
/// </summary>
internal readonly record struct LogSoftmaxInt8Parameters(
    int Rows, int Depth, int Multiplier, int LeftShift, int LeastDifference, int BackMultiplier, int BackShift);

/// <summary>LOG_SOFTMAX from int8 to int8 with scale 1/16 and zero point 127, in fixed point throughout.</summary>
internal static class LogSoftmaxInt8
{
    public static void Run(in LogSoftmaxInt8Parameters p, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        unchecked
        {
            for (int r = 0; r < p.Rows; r++)
            {
                ReadOnlySpan<sbyte> values = input.Slice(r * p.Depth, p.Depth);
                Span<sbyte> results = output.Slice(r * p.Depth, p.Depth);
                int largest = sbyte.MinValue, sum = 0;
                for (int i = 0; i < values.Length; i++) largest = Math.Max(largest, values[i]);
                for (int i = 0; i < values.Length; i++)
                    if (values[i] - largest >= p.LeastDifference)
                        sum += FixedPoint.RoundingDivideByPowerOfTwo(FixedPointFunctions.ExpOnNegativeValues(Scaled(p, values[i] - largest)), 12);

                int logarithm = FixedPointLogarithm.Of(sum);
                // Where the difference less the logarithm would leave Q5.26, the result is at its end.
                int least = Math.Max(p.LeastDifference - 1, FixedPoint.MultiplyByQuantizedMultiplier(logarithm + int.MinValue, p.BackMultiplier, p.BackShift));
                for (int i = 0; i < values.Length; i++)
                {
                    int difference = values[i] - largest, q = sbyte.MinValue;
                    if (difference > least) q = FixedPoint.RoundingDivideByPowerOfTwo(Scaled(p, difference) - logarithm, 22) + sbyte.MaxValue;
                    results[i] = (sbyte)Math.Max(Math.Min(q, (int)sbyte.MaxValue), (int)sbyte.MinValue);
                }
            }
        }
    }

    private static int Scaled(in LogSoftmaxInt8Parameters p, int difference) =>
        FixedPoint.MultiplyByQuantizedMultiplier(difference, p.Multiplier, p.LeftShift);
}
