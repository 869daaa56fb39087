using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>QUANTIZE and DEQUANTIZE between float32, int8 and uint8.</summary>
internal static class QuantizePreparation
{
    public static PreparedOperator Quantize(OperatorContext context)
    {
        Tensor input = context.Input, output = context.Output;
        (float scale, int zero) = Bytes(context, output, "its output");
        context.Require(input.Count == output.Count, "its output has another size");
        int from = context.InputIndex(0), to = context.Operator.Outputs[0];
        bool signed = output.Type == ElementType.Int8;
        if (input.Type == ElementType.Float32) return new PreparedQuantize(context.Operator, from, to, output.Count, signed, scale, zero);

        (float inputScale, int inputZero) = Bytes(context, input, "its input");
        FixedPoint.QuantizeMultiplier((double)inputScale / scale, out int multiplier, out int shift);
        context.Require(shift <= 30, "its multiplier is too large");
        return new PreparedRescale(
            context.Operator, from, to, output.Count, input.Type == ElementType.Int8, signed, inputZero, multiplier, shift, zero);
    }

    public static PreparedOperator Dequantize(OperatorContext context)
    {
        (float scale, int zero) = Bytes(context, context.Input, "its input");
        context.Require(context.Output.Type == ElementType.Float32, "its output is not Float32");
        context.Require(context.Input.Count == context.Output.Count, "its output has another size");
        return new PreparedDequantize(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], context.Output.Count,
            context.Input.Type == ElementType.Int8, scale, zero);
    }

    private static (float Scale, int ZeroPoint) Bytes(OperatorContext context, Tensor tensor, string role)
    {
        context.Require(tensor.Type is ElementType.Int8 or ElementType.UInt8, $"{role} is {tensor.Type}; only Int8 and UInt8 have a kernel");
        return context.PerTensor(tensor, role);
    }
}
