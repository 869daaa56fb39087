using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>LOG_SOFTMAX over the last axis, on float32, or on int8 with scale 1/16 and zero point 127.</summary>
internal static class LogSoftmaxPreparation
{
    /// <summary>Differences are Q5.26.</summary>
    private const int IntegerBits = 5;

    /// <summary>A sum of more exponentials than this may leave its 12 integer bits.</summary>
    private const int MostDepth = (1 << 12) - 1;

    public static PreparedOperator Prepare(OperatorContext context)
    {
        Tensor input = context.Input, output = context.Output;
        context.SameType(input, output);
        context.Require(input.Shape.Length >= 1 && input.Count == output.Count, "its output has another size");
        int depth = input.Shape[^1], rows = input.Count / depth;
        if (input.Type == ElementType.Float32) return new PreparedLogSoftmax(context.Operator, context.InputIndex(0), context.Operator.Outputs[0], rows, depth);

        context.Require(input.Type == ElementType.Int8, $"it is on {input.Type}; only Int8 and Float32 have a kernel");
        context.Require(depth <= MostDepth, $"it has more than {MostDepth} classes");
        (float inputScale, _) = context.Int8(input, "its input");
        (float outputScale, int outputZero) = context.Int8(output, "its output");
        context.Require(outputScale == 1f / 16 && outputZero == sbyte.MaxValue, "its output must have scale 1/16 and zero point 127");
        double real = Math.Min((double)inputScale * (1 << (31 - IntegerBits)), int.MaxValue);
        FixedPoint.QuantizeMultiplier(real, out int multiplier, out int shift);
        context.Require(real > 1 && shift is >= 2 and <= 31, "its input's scale is out of range");
        FixedPoint.QuantizeMultiplier((1 << (31 - shift)) / (double)multiplier, out int backMultiplier, out int backShift);
        return new PreparedLogSoftmaxInt8(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], rows, depth, multiplier, shift,
            -SoftmaxPreparation.Radius(IntegerBits, shift), backMultiplier, backShift);
    }
}
