#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// LOG_SOFTMAX on float32: x - largest - log(sum of exp(x - largest)), along rows of <c>depth</c> values. The exponentials and the
/// logarithm are computed in double from additions, multiplications and divisions alone, so that every machine gives the same bits.
/// </summary>
internal static class LogSoftmax
{
    private const double Ln2High = 0.693147180369123816490, Ln2Low = 1.90821492927058770002e-10;

    public static void Run(int depth, ReadOnlySpan<float> input, Span<float> output)
    {
        for (int start = 0; start + depth <= input.Length; start += depth)
        {
            ReadOnlySpan<float> row = input.Slice(start, depth);
            float largest = float.NegativeInfinity;
            for (int i = 0; i < row.Length; i++) largest = row[i] > largest ? row[i] : largest;
            double sum = 0;
            for (int i = 0; i < row.Length; i++) sum += Exp(row[i] - largest);
            double shift = largest + Log(sum);
            for (int i = 0; i < row.Length; i++) output[start + i] = (float)(row[i] - shift);
        }
    }

    /// <summary>exp(x) for x not above 0: 2^n times the Taylor series of the rest, which is at most ln 2 / 2.</summary>
    private static double Exp(double x)
    {
        if (!(x > -700)) return 0;
        double n = Math.Floor(x * 1.4426950408889634 + 0.5), r = x - n * Ln2High - n * Ln2Low, sum = 1;
        for (int i = 13; i >= 1; i--) sum = 1 + sum * r / i;
        return sum * BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
    }

    /// <summary>log(x) for x of at least 1: exponent times ln 2 plus 2 atanh((m - 1) / (m + 1)) of the mantissa.</summary>
    private static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        double exponent = (bits >> 52) - 1023, m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        double s = (m - 1) / (m + 1), square = s * s, sum = 0;
        // |s| is below 1/3: the terms left out are below 2^-55.
        for (int i = 35; i >= 1; i -= 2) sum = sum * square + 1.0 / i;
        return exponent * Ln2High + (2 * s * sum + exponent * Ln2Low);
    }
}
