using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>Operators that are a function of one int8 value: the function is computed here for all 256, as the reference kernels do.</summary>
internal static class TablePreparation
{
    /// <summary>Numbers with four integer bits enter the fixed-point functions.</summary>
    private const int IntegerBits = 4;

    /// <summary>The input's scale is taken in double and the result in units of 1/256 from -128 on.</summary>
    public static PreparedOperator Logistic(OperatorContext context) => FixedPointFunction(
        context, 1f / 256, -128, x => FixedPoint.RoundingDivideByPowerOfTwo(FixedPointFunctions.Logistic(x), 31 - 8) - 128);

    public static PreparedOperator Tanh(OperatorContext context) => FixedPointFunction(
        context, 1f / 128, 0, x => FixedPoint.RoundingDivideByPowerOfTwo(FixedPointFunctions.Tanh(x), 31 - 7));

    public static PreparedOperator Relu(OperatorContext context)
    {
        (float scaleIn, int zeroIn, float scaleOut, int zeroOut) = Scales(context);
        (int multiplier, int shift) = Multiplier(context, scaleIn / scaleOut);
        return Table(context, q => Math.Max(FixedPoint.MultiplyByQuantizedMultiplier(q - zeroIn, multiplier, shift) + zeroOut, zeroOut));
    }

    /// <summary>The reference clamps and does not rescale.</summary>
    public static PreparedOperator Relu6(OperatorContext context)
    {
        (float scaleIn, int zeroIn, float scaleOut, int zeroOut) = Scales(context);
        context.Require(scaleIn == scaleOut && zeroIn == zeroOut, "its output has another scale or zero point than its input");
        int six = ActivationRange.Int8(FusedActivation.Relu6, scaleIn, zeroIn).Maximum;
        return Table(context, q => Math.Clamp(q, zeroIn, Math.Max(six, zeroIn)));
    }

    public static PreparedOperator LeakyRelu(OperatorContext context)
    {
        (float scaleIn, int zeroIn, float scaleOut, int zeroOut) = Scales(context);
        float alpha = context.Options<LeakyReluOptions>().Alpha;
        context.Require(float.IsFinite(alpha), "its alpha is no number");
        float scaled = scaleIn * Math.Abs(alpha);
        (int multiplier, int shift) = Multiplier(context, scaleIn / scaleOut);
        (int multiplierAlpha, int shiftAlpha) = Multiplier(context, scaled / scaleOut);
        return Table(context, q =>
        {
            int value = q - zeroIn;
            if (value >= 0) return FixedPoint.MultiplyByQuantizedMultiplier(value, multiplier, shift) + zeroOut;
            int negative = FixedPoint.MultiplyByQuantizedMultiplier(value, multiplierAlpha, shiftAlpha);
            return (alpha < 0 ? -negative : negative) + zeroOut;
        });
    }

    /// <summary>exp(x) - 1 below zero, in float32.</summary>
    public static PreparedOperator Elu(OperatorContext context)
    {
        (float scaleIn, int zeroIn, float scaleOut, int zeroOut) = Scales(context);
        float inverse = 1 / scaleOut;
        return Table(context, q =>
        {
            float real = scaleIn * (q - zeroIn), result = real < 0 ? DeterministicMath.Exp(real) - 1 : real;
            float rounded = MathF.Round(result * inverse, MidpointRounding.AwayFromZero) + zeroOut;
            return (int)Math.Clamp(rounded, -1000, 1000);
        });
    }

    public static PreparedOperator HardSwish(OperatorContext context)
    {
        (float scaleIn, int zeroIn, float scaleOut, int zeroOut) = Scales(context);
        return Table(context, HardSwishFunction.Of(context, scaleIn, zeroIn, scaleOut, zeroOut));
    }

    private static PreparedTable FixedPointFunction(OperatorContext context, float scale, int zero, Func<int, int> function)
    {
        (float scaleIn, int zeroIn, float scaleOut, int zeroOut) = Scales(context);
        context.Require(scaleOut == scale && zeroOut == zero, $"its output must have scale 1/{(int)(1 / scale)} and zero point {zero}");
        FixedPoint.QuantizeMultiplier((double)scaleIn * (1 << (31 - IntegerBits)), out int multiplier, out int shift);
        context.Require(shift is >= 0 and <= 31, "its input's scale is out of range");
        // Beyond this distance from zero the fixed-point number would overflow, and the function is at its end.
        int radius = (int)Math.Floor((double)((1 << IntegerBits) - 1) * (1L << (31 - IntegerBits)) / (1L << shift));
        return Table(context, q =>
        {
            int value = q - zeroIn;
            return value <= -radius ? sbyte.MinValue : value >= radius ? sbyte.MaxValue
                : function(FixedPoint.MultiplyByQuantizedMultiplier(value, multiplier, shift));
        });
    }

    private static (int Multiplier, int Shift) Multiplier(OperatorContext context, float real)
    {
        FixedPoint.QuantizeMultiplier(real, out int multiplier, out int shift);
        // 255 times 2^shift must fit 32 bits.
        context.Require(shift <= 22, "its multiplier is too large");
        return (multiplier, shift);
    }

    private static (float ScaleIn, int ZeroIn, float ScaleOut, int ZeroOut) Scales(OperatorContext context)
    {
        (float scaleIn, int zeroIn) = context.Int8(context.Input, "its input");
        (float scaleOut, int zeroOut) = context.Int8(context.Output, "its output");
        context.Require(context.Input.Count == context.Output.Count, "its output has another size");
        return (scaleIn, zeroIn, scaleOut, zeroOut);
    }

    private static PreparedTable Table(OperatorContext context, Func<int, int> function) => new(
        context.Operator, context.InputIndex(0), context.Operator.Outputs[0], context.Output.Count,
        [.. Enumerable.Range(0, 256).Select(i => (sbyte)Math.Clamp(function((sbyte)i), sbyte.MinValue, sbyte.MaxValue))]);
}
