using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV: int8 input and filter, int32 bias, per-channel or per-tensor filter scales.</summary>
internal static class ConvolutionPreparation
{
    public static PreparedOperator Conv2D(OperatorContext context)
    {
        var options = context.Options<Conv2DOptions>();
        Tensor filter = Filter(context, context.InputAt(1));
        Window2D window = context.Window(
            context.Input, context.Output, options.Padding, filter.Shape[1], filter.Shape[2],
            options.StrideHeight, options.StrideWidth, options.DilationHeight, options.DilationWidth);
        int inputs = context.Input.Shape[3], outputs = context.Output.Shape[3];
        context.Require(filter.Shape[0] == outputs, "its filter and output have different channels");
        context.Require(inputs % filter.Shape[3] == 0, "its filter's channels do not divide the input's");
        int groups = inputs / filter.Shape[3];
        context.Require(outputs % groups == 0, "its groups do not divide the output's channels");
        return new PreparedConv2D(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Bias(2, outputs), context.Operator.Outputs[0],
            window, inputs, outputs, groups, Requantize(context, context.Input, filter, 0, outputs, options.Activation));
    }

    public static PreparedOperator DepthwiseConv2D(OperatorContext context)
    {
        var options = context.Options<DepthwiseConv2DOptions>();
        Tensor filter = Filter(context, context.InputAt(1));
        Window2D window = context.Window(
            context.Input, context.Output, options.Padding, filter.Shape[1], filter.Shape[2],
            options.StrideHeight, options.StrideWidth, options.DilationHeight, options.DilationWidth);
        int inputs = context.Input.Shape[3], outputs = context.Output.Shape[3];
        context.Require(filter.Shape[0] == 1 && filter.Shape[3] == outputs, "its filter and output have different channels");
        context.Require(outputs % inputs == 0, "the input's channels do not divide the output's");
        return new PreparedDepthwiseConv2D(
            context.Operator, context.InputIndex(0), context.InputIndex(1), context.Bias(2, outputs), context.Operator.Outputs[0],
            window, inputs, outputs / inputs, Requantize(context, context.Input, filter, 3, outputs, options.Activation));
    }

    /// <summary>Padding is that of the convolution from the output to the input; how many inputs there are is not derived from it.</summary>
    public static PreparedOperator TransposeConv(OperatorContext context)
    {
        var options = context.Options<TransposeConvOptions>();
        Tensor input = context.InputAt(2), output = context.Output, filter = Filter(context, context.InputAt(1));
        context.Require(context.Integers(0, "its shape").SequenceEqual(output.Shape.AsSpan()), "its shape is not that of its output");
        context.Require(input.Shape.Length == 4 && output.Shape.Length == 4, "its maps must have four dimensions");
        context.Require(input.Shape[0] == 1 && output.Shape[0] == 1, "the batch must be 1");
        context.Require(filter.Shape[0] == output.Shape[3], "its filter and output have different channels");
        context.Require(filter.Shape[3] == input.Shape[3], "its filter and input have different channels");
        Window2D window = context.BackwardWindow(output, input, options.Padding, filter.Shape[1], filter.Shape[2], options.StrideHeight, options.StrideWidth);
        return new PreparedTransposeConv(
            context.Operator, context.InputIndex(2), context.InputIndex(1), context.Bias(3, output.Shape[3]), context.Operator.Outputs[0],
            window, input.Shape[3], output.Shape[3], Requantize(context, input, filter, 0, output.Shape[3], options.Activation));
    }

    private static Tensor Filter(OperatorContext context, Tensor filter)
    {
        context.Require(filter.Type == ElementType.Int8 && filter.IsConstant, "its filter must be an Int8 constant");
        context.Require(filter.Shape.Length == 4, "its filter must have four dimensions");
        return filter;
    }

    private static Requantization Requantize(OperatorContext context, Tensor input, Tensor filter, int dimension, int channels, FusedActivation activation)
    {
        (float inputScale, int inputZero) = context.Int8(input, "its input");
        (float outputScale, int outputZero) = context.Int8(context.Output, "its output");
        ImmutableArray<float> scales = FilterScales.Of(context, filter, dimension, channels);
        var multipliers = new int[channels];
        var shifts = new int[channels];
        for (int c = 0; c < channels; c++)
        {
            double real = (double)inputScale * scales[scales.Length == 1 ? 0 : c] / outputScale;
            FixedPoint.QuantizeMultiplier(real, out multipliers[c], out shifts[c]);
            context.Require(shifts[c] <= 30, "its multiplier is too large");
        }
        (int minimum, int maximum) = context.Range(activation, outputScale, outputZero);
        return new Requantization([.. multipliers], [.. shifts], inputZero, outputZero, minimum, maximum);
    }
}
