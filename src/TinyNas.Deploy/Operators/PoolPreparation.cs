using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>MAX_POOL_2D and AVERAGE_POOL_2D on int8.</summary>
internal static class PoolPreparation
{
    public static PreparedOperator Prepare(OperatorContext context)
    {
        var options = context.Options<Pool2DOptions>();
        Window2D window = context.Window(
            context.Input, context.Output, options.Padding, options.FilterHeight, options.FilterWidth, options.StrideHeight, options.StrideWidth);
        int channels = context.Input.Shape[3];
        context.Require(context.Output.Shape[3] == channels, "its input and output have different channels");
        context.Int8(context.Input, "its input");
        (float scale, int zero) = context.Int8(context.Output, "its output");
        (int minimum, int maximum) = context.Range(options.Activation, scale, zero);
        return new PreparedPool2D(
            context.Operator, context.InputIndex(0), context.Operator.Outputs[0], context.Operator.Code == OperatorCode.AveragePool2D,
            window, channels, minimum, maximum);
    }
}
