using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>
/// x * relu6(x + 3) / 6 on int8 in 16-bit fixed point: the value with 7 more bits, once on the output's scale and once
/// as a factor between 0 and 1, which is the "relu-ish" part saturated at -3 and 3.
/// </summary>
internal static class HardSwishFunction
{
    public static Func<int, int> Of(OperatorContext context, float scaleIn, int zeroIn, float scaleOut, int zeroOut)
    {
        float fine = 1f / 128 * scaleIn, factorScale = 3f / 32768;
        (int multiplier, int exponent) = Multiplier(fine / scaleOut);
        (int factorMultiplier, int factorExponent) = Multiplier(fine / factorScale);
        context.Require(exponent is <= 0 and >= -15, "its output's scale is too small for its input's");
        context.Require(factorExponent >= -15, "its input's scale is too small");
        return q =>
        {
            int value = (q - zeroIn) * 128, result = HighMultiply(value, multiplier), factor = value;
            // Saturation before the last bit of a left shift does not reach the result.
            if (factorExponent > 0) factor = Saturate((long)factor << Math.Min(factorExponent - 1, 31));
            factor = HighMultiply(factor, factorMultiplier);
            if (factorExponent > 0) factor = Saturate(factor * 2L);
            if (factorExponent < 0) factor = FixedPoint.RoundingDivideByPowerOfTwo(factor, -factorExponent);
            factor = (factor + (1 << 15)) >> 1;
            // Towards zero, which cancels the bias of the rounded product above.
            return FixedPoint.RoundingDivideByPowerOfTwo(factor * result / (1 << 15), -exponent) + zeroOut;
        };
    }

    /// <summary>A multiplier of 16 bits, rounded from one of 32.</summary>
    private static (int Multiplier, int Exponent) Multiplier(float real)
    {
        FixedPoint.QuantizeMultiplier(real, out int multiplier, out int exponent);
        return (multiplier >= int.MaxValue - (1 << 15) ? short.MaxValue : (multiplier + (1 << 15)) >> 16, exponent);
    }

    /// <summary>a * b / 2^15 of 16-bit numbers, halves away from zero as the truncating division leaves them.</summary>
    private static int HighMultiply(int a, int b)
    {
        int product = a * b;
        return Saturate((product + (product >= 0 ? 1 << 14 : 1 - (1 << 14))) / (1 << 15));
    }

    private static int Saturate(long value) => (int)Math.Clamp(value, short.MinValue, short.MaxValue);
}
