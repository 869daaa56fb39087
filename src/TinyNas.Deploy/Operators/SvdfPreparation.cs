using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>SVDF with int8 input and output, state and time weights of int8 or int16. The reference leaves out the fused activation.</summary>
internal static class SvdfPreparation
{
    public static PreparedOperator Prepare(OperatorContext context)
    {
        var options = context.Options<SvdfOptions>();
        Tensor input = context.Input, features = context.InputAt(1), time = context.InputAt(2), state = context.InputAt(4);
        context.Require(input.Shape.Length == 2 && input.Shape[0] == 1, "the batch must be 1");
        context.Require(features.Type == ElementType.Int8 && features.IsConstant && features.Shape.Length == 2, "its feature weights must be an Int8 constant of two dimensions");
        context.Require(time.IsConstant && time.Shape.Length == 2 && time.Type is ElementType.Int8 or ElementType.Int16, "its time weights must be an Int8 or Int16 constant of two dimensions");
        int inputs = input.Shape[1], filters = features.Shape[0], memory = time.Shape[1], rank = options.Rank;
        context.Require(rank > 0 && filters % rank == 0, "its rank does not divide its filters");
        context.Require(features.Shape[1] == inputs && time.Shape[0] == filters, "its weights have other sizes than its input");
        context.Require(state.IsVariable && state.Type == time.Type && state.Count == (long)filters * memory, "its state must be a variable of its time weights' type and size");
        context.Require(context.Output.Count == filters / rank, "its output has another size");
        (float inputScale, int inputZero) = context.Int8(input, "its input");
        (float outputScale, int outputZero) = context.Int8(context.Output, "its output");
        if (state.Quantization is not { IsPerTensor: true } s || features.Quantization is not { IsPerTensor: true } f || time.Quantization is not { IsPerTensor: true } w)
            throw context.Unsupported("its state and weights need one scale each");
        int stateZero = s.ZeroPoints.IsEmpty ? 0 : s.ZeroPoint;
        bool wide = state.Type == ElementType.Int16;
        context.Require(wide ? stateZero == 0 : stateZero is >= -128 and <= 127, "its state's zero point is out of range");
        // Every step in float32, as the reference has it.
        float feature = inputScale * f.Scale, last = s.Scale * w.Scale;
        feature /= s.Scale;
        last /= outputScale;
        context.Require(feature > 0 && last > 0 && float.IsFinite(feature) && float.IsFinite(last), "its scales are no positive numbers");
        FixedPoint.QuantizeMultiplier(feature, out int featureMultiplier, out int featureShift);
        FixedPoint.QuantizeMultiplier(last, out int multiplier, out int shift);
        context.Require(featureShift <= 30 && shift <= 30, "its multiplier is too large");
        return new PreparedSvdf(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.InputIndex(2), context.Bias(3, filters / rank), context.InputIndex(4),
            context.Operator.Outputs[0], inputs, filters / rank, rank, memory, wide, inputZero, stateZero, outputZero,
            featureMultiplier, featureShift, multiplier, shift);
    }
}
