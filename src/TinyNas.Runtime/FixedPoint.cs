#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// Multiplication by real numbers in 32-bit fixed point, as the reference kernels of TensorFlow Lite Micro do it with
/// double rounding (Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
/// Integer-Arithmetic-Only Inference"). A real multiplier is multiplier / 2^31 * 2^shift.
/// </summary>
internal static class FixedPoint
{
    /// <summary>The real number as multiplier in [2^30, 2^31) and shift; 0 and 0 below 2^-32. Exact: no floating-point rounding is left to the machine.</summary>
    /// <param name="real">Finite and not negative.</param>
    public static void QuantizeMultiplier(double real, out int multiplier, out int shift)
    {
        unchecked
        {
            multiplier = 0;
            shift = 0;
            if (!(real > 0)) return;
            long bits = BitConverter.DoubleToInt64Bits(real);
            int exponent = (int)((bits >> 52) & 0x7FF) - 1022;
            // Below the smallest normal number the result is 0 anyway.
            if (exponent < -40) return;
            // real = mantissa / 2^53 * 2^exponent; 31 bits are kept, halves away from zero.
            long mantissa = (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
            long rounded = (mantissa + (1L << 21)) >> 22;
            if (rounded == 1L << 31)
            {
                rounded >>= 1;
                exponent++;
            }
            if (exponent < -31) return;
            multiplier = (int)rounded;
            shift = exponent;
        }
    }

    /// <summary>a * b / 2^31, halves towards plus infinity; saturates for both = -2^31 alone.</summary>
    public static int SaturatingRoundingDoublingHighMul(int a, int b)
    {
        unchecked
        {
            if (a == int.MinValue && b == int.MinValue) return int.MaxValue;
            return (int)(((long)a * b + (1L << 30)) >> 31);
        }
    }

    /// <summary>x / 2^exponent, halves away from zero; exponent in [0, 31].</summary>
    public static int RoundingDivideByPowerOfTwo(int x, int exponent)
    {
        unchecked
        {
            int mask = (int)((1L << exponent) - 1);
            int remainder = x & mask;
            int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
            return (x >> exponent) + (remainder > threshold ? 1 : 0);
        }
    }

    /// <summary>x * multiplier / 2^31 * 2^shift with both roundings.</summary>
    public static int MultiplyByQuantizedMultiplier(int x, int multiplier, int shift)
    {
        unchecked
        {
            int left = shift > 0 ? shift : 0;
            int right = shift > 0 ? 0 : -shift;
            return RoundingDivideByPowerOfTwo(SaturatingRoundingDoublingHighMul(x << left, multiplier), right);
        }
    }
}
