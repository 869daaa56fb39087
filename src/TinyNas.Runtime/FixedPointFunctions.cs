#nullable enable

using System;
using System.Numerics;

namespace TinyNas.Runtime;

/// <summary>
/// exp and 1 / (1 + x) in 32-bit fixed point, bit for bit as the gemmlowp library computes them: products are
/// <see cref="FixedPoint.SaturatingRoundingDoublingHighMul"/>; Qm.n has m integer and n fractional bits beside the sign.
/// </summary>
internal static class FixedPointFunctions
{
    // exp(-2^k) for k = -2 … 4 in Q0.31; a number with n integer bits has the powers up to n - 1.
    private static ReadOnlySpan<int> ExpOfPowers =>
        new[] { 1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242 };

    /// <summary>exp(a) in Q0.31 for a at most 0 with <paramref name="integerBits"/> (at most 5) integer bits.</summary>
    public static int ExpOnNegativeValues(int a, int integerBits = 5)
    {
        unchecked
        {
            if (a == 0) return int.MaxValue;
            int quarter = 1 << (29 - integerBits);
            // a = fraction - remainder with fraction in [-1/4, 0) and remainder a sum of powers of two.
            int fraction = (a & (quarter - 1)) - quarter;
            int remainder = fraction - a;
            int result = ExpBetweenMinusQuarterAndZero(fraction << integerBits);
            for (int i = 0; i < integerBits + 2; i++)
                if ((remainder & (quarter << i)) != 0) result = Multiply(result, ExpOfPowers[i]);
            return result;
        }
    }

    /// <summary>1 / (1 + exp(-a)) in Q0.31 for a in Q4.27.</summary>
    public static int Logistic(int a)
    {
        unchecked
        {
            if (a == 0) return 1 << 30;
            int positive = OneOverOnePlus(ExpOnNegativeValues(a > 0 ? -a : a, 4));
            return a > 0 ? positive : int.MaxValue - positive;
        }
    }

    /// <summary>tanh(a) in Q0.31 for a in Q4.27, as (1 - exp(-2a)) / (1 + exp(-2a)): 2a is the same number in Q5.26.</summary>
    public static int Tanh(int a)
    {
        unchecked
        {
            if (a == 0) return 0;
            int x = InverseOfHalfSum(ExpOnNegativeValues(a > 0 ? -a : a));
            int positive = SaturatingShiftLeft(x - (1 << 29), 2);
            return a > 0 ? positive : -positive;
        }
    }

    /// <summary>
    /// 1 / x in Q0.31 with x = sum in Q12.19 (positive) as mantissa * 2^-<paramref name="bitsOverUnit"/>, the mantissa in [1/2, 1).
    /// </summary>
    public static int Reciprocal(int sum, out int bitsOverUnit)
    {
        unchecked
        {
            int headroom = BitOperations.LeadingZeroCount((uint)sum);
            bitsOverUnit = 12 - headroom;
            return OneOverOnePlus((int)(((uint)sum << headroom) - (1u << 31)));
        }
    }

    /// <summary>exp(a) for a in Q0.31 in [-1/4, 0): the Taylor series around -1/8 to the fourth power.</summary>
    private static int ExpBetweenMinusQuarterAndZero(int a)
    {
        unchecked
        {
            const int expOfMinusEighth = 1895147668, third = 715827883;
            int x = a + (1 << 28);
            int x2 = Multiply(x, x), x3 = Multiply(x2, x), x4 = Multiply(x2, x2);
            int x4Over4 = FixedPoint.RoundingDivideByPowerOfTwo(x4, 2);
            int tail = FixedPoint.RoundingDivideByPowerOfTwo(Multiply(x4Over4 + x3, third) + x2, 1);
            return expOfMinusEighth + Multiply(expOfMinusEighth, x + tail);
        }
    }

    /// <summary>1 / (1 + a) for a in Q0.31 in [0, 1).</summary>
    public static int OneOverOnePlus(int a) => SaturatingShiftLeft(InverseOfHalfSum(a), 1);

    /// <summary>2 / (1 + a) in Q2.29 for a in Q0.31 in [0, 1): three Newton-Raphson steps on the halved denominator.</summary>
    private static int InverseOfHalfSum(int a)
    {
        unchecked
        {
            const int fortyEightSeventeenths = 1515870810, minusThirtyTwoSeventeenths = -1010580540, one = 1 << 29;
            // (a + 1) / 2; both are positive, so halves are rounded up.
            int half = (int)(((long)a + int.MaxValue + 1) / 2);
            int x = fortyEightSeventeenths + Multiply(half, minusThirtyTwoSeventeenths);
            for (int i = 0; i < 3; i++) x += SaturatingShiftLeft(Multiply(x, one - Multiply(half, x)), 2);
            return x;
        }
    }

    private static int Multiply(int a, int b) => FixedPoint.SaturatingRoundingDoublingHighMul(a, b);

    /// <summary>x * 2^bits, saturated.</summary>
    public static int SaturatingShiftLeft(int x, int bits)
    {
        unchecked
        {
            int limit = (int)((1u << (31 - bits)) - 1);
            return x > limit ? int.MaxValue : x < -limit ? int.MinValue : x << bits;
        }
    }
}
