using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>DEPTHWISE_CONV_2D.</summary>
internal sealed class DepthwiseConv2DEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure on a 32-bit target: 4 pointers, 19 short integers, filled up.</summary>
    public const int ParameterBytes = 4 * 4 + 20 * 2;

    public void Validate(EmissionStep step)
    {
        var conv = (PreparedDepthwiseConv2D)step.First;
        Limits.RequireShort(step, conv.Window, conv.InputChannels, conv.Multiplier);
    }

    public AccessOrder Access(bool fused) => new(AccessKind.Channels, Pixels: 1, Backwards: true);

    public OperatorCost Estimate(EmissionStep step)
    {
        var conv = (PreparedDepthwiseConv2D)step.First;
        int filters = step.TensorOf(conv.Filter).Count;
        return new OperatorCost(
            (long)conv.Window.OutputHeight * conv.Window.OutputWidth * filters,
            filters + conv.OutputChannels * 9L + ParameterBytes,
            [Kernel.Common, Kernel.Requantise, Kernel.DepthwiseConv2D]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var conv = (PreparedDepthwiseConv2D)step.First;
        Window2D w = conv.Window;
        Requantization q = conv.Requantization;
        string filters = source.Array($"filters_{step.Index}", "int8_t", step.TensorOf(conv.Filter).Values<sbyte>());
        string bias = source.Array($"bias_{step.Index}", "int32_t", step.BiasOf(conv.Bias, conv.OutputChannels));
        (string multipliers, string shifts) = RequantizationArrays.Emit(source, step.Index, q);
        string parameters = source.Parameters("depthwise_conv_2d", $"step_{step.Index}",
            filters, bias, multipliers, shifts,
            w.InputHeight, w.InputWidth, conv.InputChannels, conv.Multiplier, w.OutputHeight, w.OutputWidth,
            w.FilterHeight, w.FilterWidth, w.StrideHeight, w.StrideWidth, w.DilationHeight, w.DilationWidth, w.PadTop, w.PadLeft,
            q.InputZeroPoint, q.OutputZeroPoint, q.Minimum, q.Maximum, step.Backwards ? 1 : 0);
        source.Backwards |= step.Backwards;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("depthwise_conv_2d_run", parameters, conv.Input, conv.Output);
    }
}
