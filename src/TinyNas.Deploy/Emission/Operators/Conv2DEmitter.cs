using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>CONV_2D, alone or with the max-pool that follows it.</summary>
internal sealed class Conv2DEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure on a 32-bit target: 4 pointers, 24 short integers.</summary>
    public const int ParameterBytes = 4 * 4 + 24 * 2;

    public void Validate(EmissionStep step)
    {
        var conv = (PreparedConv2D)step.First;
        Limits.RequireShort(step, conv.Window, conv.InputChannels, conv.OutputChannels);
    }

    public AccessOrder Access(bool fused) => new(AccessKind.Pixels, Pixels: 1, Backwards: !fused);

    public OperatorCost Estimate(EmissionStep step)
    {
        var conv = (PreparedConv2D)step.First;
        int filters = step.TensorOf(conv.Filter).Count, channels = conv.OutputChannels;
        return new OperatorCost(
            (long)conv.Window.OutputHeight * conv.Window.OutputWidth * filters,
            filters + channels * 9L + SpareChannels(conv) * (filters / channels + 4L) + ParameterBytes,
            [Kernel.Common, Kernel.Requantise, Kernel.Dot, Kernel.Conv2D, IsPooled(step) ? Kernel.Conv2DMaxPool : Kernel.Conv2DPlain]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var conv = (PreparedConv2D)step.First;
        Window2D w = conv.Window;
        Requantization q = conv.Requantization;
        Tensor filter = step.TensorOf(conv.Filter);
        int channels = conv.OutputChannels, depth = conv.InputChannels / conv.Groups;
        int spare = SpareChannels(conv);
        string filters = source.Array<sbyte>($"filters_{step.Index}", "int8_t", [.. filter.Values<sbyte>(), .. new sbyte[spare * filter.Count / channels]]);
        string bias = source.Array<int>($"bias_{step.Index}", "int32_t", [.. step.BiasOf(conv.Bias, channels), .. new int[spare]]);
        (string multipliers, string shifts) = RequantizationArrays.Emit(source, step.Index, q);
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
            poolHeight, poolWidth, channels / conv.Groups, contiguous ? 1 : 0,
            q.InputZeroPoint, q.OutputZeroPoint, low, high, step.Backwards ? 1 : 0);
        source.Backwards |= step.Backwards;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call(IsPooled(step) ? "conv_2d_max_pool" : "conv_2d_run", parameters, conv.Input, step.Last.Output);
    }

    /// <summary>The kernel sums four channels at once, or a rest of three with the one before; three alone get a fourth of zeros.</summary>
    private static int SpareChannels(PreparedConv2D conv) => conv.OutputChannels == 3 && conv.Groups == 1 ? 1 : 0;

    private static bool IsPooled(EmissionStep step) => step.Operators.Length > 1;
}
