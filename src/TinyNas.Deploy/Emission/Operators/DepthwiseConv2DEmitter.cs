using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>DEPTHWISE_CONV_2D.</summary>
internal sealed class DepthwiseConv2DEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure on a 32-bit target: 4 pointers, 22 short integers.</summary>
    public const int ParameterBytes = 4 * 4 + 22 * 2;

    /// <summary>Three taps are loaded as four.</summary>
    private const int SpareTaps = 1;

    public void Validate(EmissionStep step)
    {
        var conv = (PreparedDepthwiseConv2D)step.First;
        Limits.RequireShort(step, conv.Window, conv.InputChannels, conv.Multiplier);
    }

    public AccessOrder Access(Graph graph, PlannedStep step) =>
        new(AccessKind.Pixels, Rows: KernelScratch.DepthwiseRows(graph, graph.Operators[step.Operators[0]]), Backwards: true);

    public OperatorCost Estimate(EmissionStep step)
    {
        var conv = (PreparedDepthwiseConv2D)step.First;
        int filters = step.TensorOf(conv.Filter).Count;
        return new OperatorCost(
            (long)conv.Window.OutputHeight * conv.Window.OutputWidth * filters,
            filters + SpareTaps + conv.OutputChannels * 9L + ParameterBytes,
            [Kernel.Common, Kernel.Requantise, Kernel.DepthwiseConv2D, IsThreeByThree(conv.Window) ? Kernel.DepthwiseThrees : Kernel.DepthwiseOthers,
                conv.Requantization.IsAbove(conv.Requantization.Shifts) ? Kernel.RequantiseAbove : Kernel.RequantiseBelow]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var conv = (PreparedDepthwiseConv2D)step.First;
        Window2D w = conv.Window;
        Requantization q = conv.Requantization;
        sbyte[] byChannel = ByChannel(step.TensorOf(conv.Filter).Values<sbyte>(), conv.OutputChannels);
        var constants = new ChannelConstants(byChannel, step.BiasOf(conv.Bias, conv.OutputChannels), q);
        string filters = source.Array<sbyte>($"filters_{step.Index}", "int8_t", [.. constants.Filters, .. new sbyte[SpareTaps]]);
        string bias = source.Array<int>($"bias_{step.Index}", "int32_t", constants.Bias);
        (string multipliers, string shifts) = constants.Emit(source, step.Index);
        bool gathered = KernelScratch.IsGathered(w);
        string parameters = source.Parameters("depthwise_conv_2d", $"step_{step.Index}",
            filters, bias, multipliers, shifts,
            w.InputHeight, w.InputWidth, conv.InputChannels, conv.Multiplier, w.OutputHeight, w.OutputWidth,
            w.FilterHeight, w.FilterWidth, w.StrideHeight, w.StrideWidth, w.DilationHeight, w.DilationWidth, w.PadTop, w.PadLeft,
            q.InputZeroPoint, q.OutputZeroPoint, q.Minimum, q.Maximum, source.Convolves(q, constants.Shifts) ? 1 : 0, gathered ? 1 : 0,
            KernelScratch.DepthwiseRows(step.Graph, conv.Operator), step.Backwards ? 1 : 0);
        source.Backwards |= step.Backwards;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.DepthwiseGathered |= gathered;
        source.DepthwiseUngathered |= !gathered;
        source.DepthwiseDilated |= w.DilationWidth > 1 && w.FilterWidth > 1;
        source.CallWithScratch("depthwise_conv_2d", parameters, conv.Input, conv.Output, source.ScratchOf(step.Index));
    }

    private static bool IsThreeByThree(Window2D w) => w is { FilterHeight: 3, FilterWidth: 3, StrideWidth: <= 2, DilationHeight: 1 };

    /// <summary>From [taps][channels] to [channels][taps].</summary>
    private static sbyte[] ByChannel(ReadOnlySpan<sbyte> filters, int channels)
    {
        int taps = filters.Length / channels;
        var arranged = new sbyte[filters.Length];
        for (int c = 0; c < channels; c++)
            for (int t = 0; t < taps; t++)
                arranged[c * taps + t] = filters[t * channels + c];
        return arranged;
    }
}
