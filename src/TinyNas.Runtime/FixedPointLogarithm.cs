#nullable enable

using System;
using System.Numerics;

namespace TinyNas.Runtime;

/// <summary>
/// The natural logarithm in fixed point, bit for bit as the reference kernels of TensorFlow Lite Micro compute it: the number
/// is 2^k * r with r near 2^-1/4, and log r a quotient of polynomials in q = 2 (r - 2^-1/4). Of two ways to normalise, by powers of
/// two from 1 or from the root of two, the one that puts r nearer is taken.
/// </summary>
internal static class FixedPointLogarithm
{
    // Q0.31 unless they say otherwise.
    private const int LogOf2 = 1488522236, RootOfHalf = 1518500250, FourthRootOfHalf = 1805811301, QuarterInQ6 = 1 << 23;

    /// <summary>log x in Q5.26 for x of at least 1 in Q12.19.</summary>
    public static int Of(int x)
    {
        unchecked
        {
            int zeros = BitOperations.LeadingZeroCount((uint)x);
            int first = ShiftLeft(Multiply(ShiftLeft(x, zeros - 1), RootOfHalf), 1);
            int headroom = BitOperations.LeadingZeroCount((uint)Multiply(x, RootOfHalf)) - 1;
            int r = Math.Min(first, ShiftLeft(x, headroom));
            // The power of two in Q6.25.
            int power = Math.Max(((12 - zeros) << 25) + QuarterInQ6, ((12 - headroom) << 25) - QuarterInQ6);
            return ShiftLeft(Multiply(power, LogOf2) + Quotient(r), 1);
        }
    }

    /// <summary>log of r times a power of two, in Q6.25, for r in Q0.31.</summary>
    private static int Quotient(int r)
    {
        unchecked
        {
            int mean = (int)(((long)r + FourthRootOfHalf + 1) / 2), q = 2 * (r - FourthRootOfHalf), square = Multiply(q, q);
            int numerator = Multiply(q, r) + Multiply(Multiply(q, square), 117049297);
            int denominator = Multiply(mean, 1057819769 + q + Multiply(127690142, square)) + Multiply(638450708, q);
            return Multiply(FixedPoint.RoundingDivideByPowerOfTwo(numerator, 6), FixedPointFunctions.OneOverOnePlus(denominator));
        }
    }

    private static int Multiply(int a, int b) => FixedPoint.SaturatingRoundingDoublingHighMul(a, b);

    private static int ShiftLeft(int x, int bits) => FixedPointFunctions.SaturatingShiftLeft(x, bits);
}
