using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>CONV_2D, alone or with the max-pool that follows it.</summary>
internal sealed class Conv2DEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure on a 32-bit target: 4 pointers, 26 short integers.</summary>
    public const int ParameterBytes = 4 * 4 + 26 * 2;

    public void Validate(EmissionStep step)
    {
        var conv = (PreparedConv2D)step.First;
        Limits.RequireShort(step, conv.Window, conv.InputChannels, conv.OutputChannels);
    }

    public AccessOrder Access(Graph graph, PlannedStep step) => new(AccessKind.Pixels, Pixels: step.Operators.Length > 1 ? 1 : 4, Backwards: step.Operators.Length == 1);

    public OperatorCost Estimate(EmissionStep step)
    {
        var conv = (PreparedConv2D)step.First;
        int filters = step.TensorOf(conv.Filter).Count, channels = conv.OutputChannels;
        return new OperatorCost(
            (long)conv.Window.OutputHeight * conv.Window.OutputWidth * filters,
            FilterBlocks.Bytes(conv.Groups, channels / conv.Groups, filters / channels) + channels * 9L + FilterBlocks.SpareBias(channels / conv.Groups) * 4L + ParameterBytes,
            [Kernel.Common, Kernel.Requantise, Kernel.Dot, Kernel.Conv2D, IsPooled(step) ? Kernel.Conv2DMaxPool : Kernel.Conv2DPlain,
                conv.Requantization.IsAbove(conv.Requantization.Shifts) ? Kernel.RequantiseAbove : Kernel.RequantiseBelow]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var conv = (PreparedConv2D)step.First;
        Window2D w = conv.Window;
        Requantization q = conv.Requantization;
        int channels = conv.OutputChannels, depth = conv.InputChannels / conv.Groups, taps = w.FilterHeight * w.FilterWidth * depth, inGroup = channels / conv.Groups;
        var constants = new ChannelConstants(step.TensorOf(conv.Filter).Values<sbyte>(), step.BiasOf(conv.Bias, channels), q);
        string filters = source.Words($"filters_{step.Index}", FilterBlocks.Arrange(constants.Filters, conv.Groups, inGroup, taps));
        string bias = source.Array<int>($"bias_{step.Index}", "int32_t", constants.FoldedBias(FilterBlocks.SpareBias(inGroup)));
        (string multipliers, string shifts) = constants.Emit(source, step.Index);
        (int low, int high) = (q.Minimum, q.Maximum);
        int poolHeight = 1, poolWidth = 1, outHeight = w.OutputHeight, outWidth = w.OutputWidth;
        if (IsPooled(step))
        {
            var pool = (PreparedPool2D)step.Last;
            (low, high) = (Math.Clamp(low, pool.Minimum, pool.Maximum), Math.Clamp(high, pool.Minimum, pool.Maximum));
            (poolHeight, poolWidth) = (pool.Window.FilterHeight, pool.Window.FilterWidth);
            (outHeight, outWidth) = (pool.Window.OutputHeight, pool.Window.OutputWidth);
        }
        // Neighbouring taps are neighbouring bytes unless the filter is dilated or sees a part of the channels.
        bool contiguous = conv.Groups == 1 && (w.DilationWidth == 1 || w.FilterWidth == 1);
        string parameters = source.Parameters("conv_2d", $"step_{step.Index}",
            filters, bias, multipliers, shifts,
            w.InputHeight, w.InputWidth, conv.InputChannels, depth, outHeight, outWidth, channels,
            w.FilterHeight, w.FilterWidth, w.StrideHeight, w.StrideWidth, w.DilationHeight, w.DilationWidth, w.PadTop, w.PadLeft,
            poolHeight, poolWidth, inGroup, contiguous ? 1 : 0, contiguous && w.FilterHeight == 1 && taps % 4 == 0 ? 1 : 0,
            q.InputZeroPoint, q.OutputZeroPoint, low, high, source.Convolves(q, constants.Shifts) ? 1 : 0, step.Backwards ? 1 : 0);
        source.Backwards |= step.Backwards;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.ClampsTo(low, high);
        source.CallWithScratch(IsPooled(step) ? "conv_2d_max_pool" : "conv_2d_run", parameters, conv.Input, step.Last.Output, source.ScratchOf(step.Index));
    }

    private static bool IsPooled(EmissionStep step) => step.Operators.Length > 1;
}
