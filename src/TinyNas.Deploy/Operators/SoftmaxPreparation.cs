using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>SOFTMAX from int8 to int8 with scale 1/256 and zero point -128.</summary>
internal static class SoftmaxPreparation
{
    /// <summary>Differences are Q5.26: exp(-32) is nothing beside 1/256.</summary>
    private const int IntegerBits = 5;

    public static PreparedOperator Prepare(OperatorContext context)
    {
        var options = context.Options<SoftmaxOptions>();
        context.Require(context.Input.Shape.Length >= 1 && context.Input.Shape[^1] > 0, "its input has no axis");
        context.Require(context.Input.Count == context.Output.Count, "its output has another size");
        (float inputScale, _) = context.Int8(context.Input, "its input");
        (float outputScale, int outputZero) = context.Int8(context.Output, "its output");
        context.Require(outputScale == 1f / 256 && outputZero == sbyte.MinValue, "its output must have scale 1/256 and zero point -128");

        double real = Math.Min((double)options.Beta * inputScale * (1 << (31 - IntegerBits)), int.MaxValue);
        FixedPoint.QuantizeMultiplier(real, out int multiplier, out int shift);
        context.Require(real >= 1 && shift is >= 0 and <= 31, "beta times its input's scale is out of range");
        int depth = context.Input.Shape[^1];
        return new PreparedSoftmax(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], context.Input.Count / depth, depth,
            multiplier, shift, -Radius(IntegerBits, shift));
    }

    /// <summary>The largest difference that stays within the fixed-point range after it is scaled.</summary>
    public static int Radius(int integerBits, int shift) =>
        (int)Math.Floor((double)((1 << integerBits) - 1) * (1L << (31 - integerBits)) / (1L << shift));
}
