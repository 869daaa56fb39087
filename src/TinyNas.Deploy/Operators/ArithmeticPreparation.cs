using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>ADD, SUB, MUL, MAXIMUM, MINIMUM and PRELU on int8 with broadcasting.</summary>
internal static class ArithmeticPreparation
{
    /// <summary>Headroom of ADD's operands: 8-bit values times 2^20 leave room for the sum of two in 32 bits.</summary>
    private const int AddLeftShift = 20;

    public static PreparedOperator Add(OperatorContext context)
    {
        var options = context.Options<ArithmeticOptions>();
        (float scaleA, int zeroA) = context.Int8(context.Input, "its first input");
        (float scaleB, int zeroB) = context.Int8(context.InputAt(1), "its second input");
        (float scale, int zero) = context.Int8(context.Output, "its output");
        double twiceLargest = 2 * (double)Math.Max(scaleA, scaleB);
        FixedPoint.QuantizeMultiplier(scaleA / twiceLargest, out int multiplierA, out int shiftA);
        FixedPoint.QuantizeMultiplier(scaleB / twiceLargest, out int multiplierB, out int shiftB);
        FixedPoint.QuantizeMultiplier(twiceLargest / ((1 << AddLeftShift) * (double)scale), out int multiplier, out int shift);
        context.Require(shift <= 0, "its output's scale is too small for its inputs'");
        (int minimum, int maximum) = context.Range(options.Activation, scale, zero);
        return new PreparedAdd(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Operator.Outputs[0], Shape(context), AddLeftShift,
            zeroA, multiplierA, shiftA, zeroB, multiplierB, shiftB, multiplier, shift, zero, minimum, maximum);
    }

    /// <summary>As ADD, but the reference computes these ratios of scales in float32 alone, which differ in their last bits.</summary>
    public static PreparedOperator Sub(OperatorContext context)
    {
        var options = context.Options<ArithmeticOptions>();
        (float scaleA, int zeroA) = context.Int8(context.Input, "its first input");
        (float scaleB, int zeroB) = context.Int8(context.InputAt(1), "its second input");
        (float scale, int zero) = context.Int8(context.Output, "its output");
        float twiceLargest = 2 * Math.Max(scaleA, scaleB), steps = (1 << AddLeftShift) * scale;
        float ratioA = scaleA / twiceLargest, ratioB = scaleB / twiceLargest, ratio = twiceLargest / steps;
        FixedPoint.QuantizeMultiplier(ratioA, out int multiplierA, out int shiftA);
        FixedPoint.QuantizeMultiplier(ratioB, out int multiplierB, out int shiftB);
        FixedPoint.QuantizeMultiplier(ratio, out int multiplier, out int shift);
        context.Require(shift <= 0, "its output's scale is too small for its inputs'");
        (int minimum, int maximum) = context.Range(options.Activation, scale, zero);
        return new PreparedAdd(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Operator.Outputs[0], Shape(context), AddLeftShift,
            zeroA, multiplierA, shiftA, zeroB, multiplierB, shiftB, multiplier, shift, zero, minimum, maximum, Sign: -1);
    }

    public static PreparedOperator Mul(OperatorContext context)
    {
        var options = context.Options<ArithmeticOptions>();
        (float scaleA, int zeroA) = context.Int8(context.Input, "its first input");
        (float scaleB, int zeroB) = context.Int8(context.InputAt(1), "its second input");
        (float scale, int zero) = context.Int8(context.Output, "its output");
        FixedPoint.QuantizeMultiplier((double)scaleA * scaleB / scale, out int multiplier, out int shift);
        context.Require(shift <= 30, "its multiplier is too large");
        (int minimum, int maximum) = context.Range(options.Activation, scale, zero);
        return new PreparedMul(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Operator.Outputs[0], Shape(context),
            zeroA, zeroB, multiplier, shift, zero, minimum, maximum);
    }

    public static PreparedOperator Extremum(OperatorContext context)
    {
        (float scaleA, int zeroA) = context.Int8(context.Input, "its first input");
        (float scaleB, int zeroB) = context.Int8(context.InputAt(1), "its second input");
        (float scale, int zero) = context.Int8(context.Output, "its output");
        context.Require(scaleA == scale && scaleB == scale && zeroA == zero && zeroB == zero, "its inputs have other scales or zero points than its output");
        return new PreparedExtremum(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Operator.Outputs[0], Shape(context),
            context.Operator.Code == OperatorCode.Maximum);
    }

    public static PreparedOperator Prelu(OperatorContext context)
    {
        (float inputScale, int inputZero) = context.Int8(context.Input, "its input");
        (float alphaScale, int alphaZero) = context.Int8(context.InputAt(1), "its alpha");
        (float scale, int zero) = context.Int8(context.Output, "its output");
        FixedPoint.QuantizeMultiplier((double)inputScale / scale, out int multiplier, out int shift);
        FixedPoint.QuantizeMultiplier((double)inputScale * alphaScale / scale, out int alphaMultiplier, out int alphaShift);
        // 255 and 255 * 255 times 2^shift must fit 32 bits.
        context.Require(shift <= 22 && alphaShift <= 14, "its multiplier is too large");
        return new PreparedPrelu(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Operator.Outputs[0], Shape(context),
            inputZero, alphaZero, multiplier, shift, alphaMultiplier, alphaShift, zero);
    }

    private static BroadcastShape Shape(OperatorContext context)
    {
        context.Require(context.Output.Shape.Length <= 4, "its output has more than four dimensions");
        ImmutableArray<int> dimensions = Padded(context, context.Output);
        ImmutableArray<int> a = Padded(context, context.Input), b = Padded(context, context.InputAt(1));
        context.Require(dimensions.SequenceEqual(a.Zip(b, Math.Max)), "its shapes do not match");
        return new BroadcastShape(dimensions, Strides(context, a, dimensions), Strides(context, b, dimensions)).Merged();
    }

    private static ImmutableArray<int> Padded(OperatorContext context, Tensor tensor)
    {
        context.Require(tensor.Shape.Length <= 4, "an input has more than four dimensions");
        return [.. Enumerable.Repeat(1, 4 - tensor.Shape.Length), .. tensor.Shape];
    }

    private static ImmutableArray<int> Strides(OperatorContext context, ImmutableArray<int> operand, ImmutableArray<int> output)
    {
        var strides = new int[4];
        for (int i = 3, stride = 1; i >= 0; stride *= operand[i], i--)
        {
            context.Require(operand[i] == output[i] || operand[i] == 1, "its shapes do not match");
            strides[i] = operand[i] == 1 ? 0 : stride;
        }
        return [.. strides];
    }
}
