using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>QUANTIZE and DEQUANTIZE: between float32 and 8 or 16 bits, between int8 and uint8, and among int8, int16 and int32.</summary>
internal static class QuantizePreparation
{
    public static PreparedOperator Quantize(OperatorContext context)
    {
        Tensor input = context.Input, output = context.Output;
        context.Require(input.Count == output.Count, "its output has another size");
        int from = context.InputIndex(0), to = context.Operator.Outputs[0];
        bool floats = input.Type == ElementType.Float32;
        context.Require(
            output.Type is ElementType.Int8 or ElementType.UInt8 or ElementType.Int16 || (output.Type == ElementType.Int32 && !floats),
            $"from {input.Type} to {output.Type} there is no kernel");
        (float scale, int zero) = context.PerTensor(output, "its output");
        bool signed = output.Type == ElementType.Int8;
        if (floats) return new PreparedQuantize(context.Operator, from, to, output.Count, signed, scale, zero, output.Type == ElementType.Int16);

        context.Require(
            (IsByte(input) && IsByte(output)) || (IsSigned(input) && IsSigned(output) && (input.Type, output.Type) != (ElementType.Int32, ElementType.Int32)),
            $"from {input.Type} to {output.Type} there is no kernel");
        (float inputScale, int inputZero) = context.PerTensor(input, "its input");
        FixedPoint.QuantizeMultiplier((double)inputScale / scale, out int multiplier, out int shift);
        context.Require(shift <= 30, "its multiplier is too large");
        return IsByte(input) && IsByte(output)
            ? new PreparedRescale(context.Operator, from, to, output.Count, input.Type == ElementType.Int8, signed, inputZero, multiplier, shift, zero)
            : new PreparedRescaleWide(context.Operator, from, to, output.Count, input.Type.Size(), output.Type.Size(), inputZero, multiplier, shift, zero);
    }

    public static PreparedOperator Dequantize(OperatorContext context)
    {
        Tensor input = context.Input;
        context.Require(IsByte(input) || input.Type == ElementType.Int16, $"its input is {input.Type}; only Int8, UInt8 and Int16 have a kernel");
        (float scale, int zero) = context.PerTensor(input, "its input");
        context.Require(context.Output.Type == ElementType.Float32, "its output is not Float32");
        context.Require(input.Count == context.Output.Count, "its output has another size");
        return new PreparedDequantize(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], context.Output.Count,
            input.Type == ElementType.Int8, scale, zero, input.Type == ElementType.Int16);
    }

    private static bool IsByte(Tensor tensor) => tensor.Type is ElementType.Int8 or ElementType.UInt8;

    private static bool IsSigned(Tensor tensor) => tensor.Type is ElementType.Int8 or ElementType.Int16 or ElementType.Int32;
}
