using System.Collections.Immutable;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>From prepared operators to the kernels' parameter structures.</summary>
internal static class KernelParameters
{
    public static Window ToKernel(this Window2D w) => new(
        w.InputHeight, w.InputWidth, w.OutputHeight, w.OutputWidth, w.FilterHeight, w.FilterWidth,
        w.StrideHeight, w.StrideWidth, w.DilationHeight, w.DilationWidth, w.PadTop, w.PadLeft);

    public static Requantizer ToKernel(this Requantization r) => new(r.OutputZeroPoint, r.Minimum, r.Maximum);

    public static Conv2DParameters ToKernel(this PreparedConv2D p) => new(
        p.Window.ToKernel(), p.InputChannels, p.OutputChannels, p.Groups, p.Requantization.InputZeroPoint, p.Requantization.ToKernel());

    public static DepthwiseConv2DParameters ToKernel(this PreparedDepthwiseConv2D p) => new(
        p.Window.ToKernel(), p.InputChannels, p.Multiplier, p.Requantization.InputZeroPoint, p.Requantization.ToKernel());

    public static FullyConnectedParameters ToKernel(this PreparedFullyConnected p) => new(
        p.Rows, p.Depth, p.Units, p.Requantization.InputZeroPoint, p.Requantization.ToKernel());

    public static Pool2DParameters ToKernel(this PreparedPool2D p) => new(p.Window.ToKernel(), p.Channels, p.Minimum, p.Maximum);

    public static MeanParameters ToKernel(this PreparedMean p) => new(
        p.Outer, p.Count, p.Inner, p.InputZeroPoint, p.Multiplier, p.Shift, new Requantizer(p.OutputZeroPoint, sbyte.MinValue, sbyte.MaxValue));

    public static SoftmaxParameters ToKernel(this PreparedSoftmax p) => new(p.Rows, p.Depth, p.Multiplier, p.LeftShift, p.LeastDifference);

    public static Broadcast ToKernel(this BroadcastShape s) => new(
        s.Dimensions[0], s.Dimensions[1], s.Dimensions[2], s.Dimensions[3], s.StridesA[0], s.StridesA[1], s.StridesA[2], s.StridesA[3],
        s.StridesB[0], s.StridesB[1], s.StridesB[2], s.StridesB[3]);

    public static AddParameters ToKernel(this PreparedAdd p) => new(
        p.Shape.ToKernel(), p.LeftShift, p.ZeroPointA, p.MultiplierA, p.ShiftA, p.ZeroPointB, p.MultiplierB, p.ShiftB, p.Sign,
        p.Multiplier, p.Shift, new Requantizer(p.OutputZeroPoint, p.Minimum, p.Maximum));

    public static RearrangeParameters ToKernel(this RearrangePart p) => new(
        p.Dimensions[0], p.Dimensions[1], p.Dimensions[2], p.Dimensions[3], p.Dimensions[4], p.Run,
        p.From, p.FromStrides[0], p.FromStrides[1], p.FromStrides[2], p.FromStrides[3], p.FromStrides[4],
        p.To, p.ToStrides[0], p.ToStrides[1], p.ToStrides[2], p.ToStrides[3], p.ToStrides[4]);

    public static ExtremumParameters ToKernel(this PreparedExtremum p) => new(p.Shape.ToKernel(), p.IsMaximum);

    public static PreluParameters ToKernel(this PreparedPrelu p) => new(
        p.Shape.ToKernel(), p.InputZeroPoint, p.AlphaZeroPoint, p.Multiplier, p.Shift, p.AlphaMultiplier, p.AlphaShift,
        new Requantizer(p.OutputZeroPoint, sbyte.MinValue, sbyte.MaxValue));

    public static LstmParameters ToKernel(this PreparedLstm p) => new(
        p.Steps, p.Inputs, p.Units, p.InputZeroPoint, p.HiddenZeroPoint, p.ForgetMultiplier, p.ForgetShift,
        p.CandidateMultiplier, p.CandidateShift, p.HiddenMultiplier, p.HiddenShift, p.Clip, p.TanhMultiplier, p.TanhShift);

    public static SvdfParameters ToKernel(this PreparedSvdf p) => new(
        p.Inputs, p.Units, p.Rank, p.Memory, p.InputZeroPoint, p.StateZeroPoint, p.FeatureMultiplier, p.FeatureShift,
        p.Multiplier, p.Shift, new Requantizer(p.OutputZeroPoint, sbyte.MinValue, sbyte.MaxValue));

    public static TransposeConvParameters ToKernel(this PreparedTransposeConv p) => new(
        p.Window.OutputHeight, p.Window.OutputWidth, p.InputChannels, p.Window.InputHeight, p.Window.InputWidth, p.OutputChannels,
        p.Window.FilterHeight, p.Window.FilterWidth, p.Window.StrideHeight, p.Window.StrideWidth, p.Window.PadTop, p.Window.PadLeft,
        p.Requantization.InputZeroPoint, p.Requantization.ToKernel());

    public static ArgExtremumParameters ToKernel(this PreparedArgExtremum p) => new(p.Outer, p.Count, p.Inner, p.IsMaximum);

    public static LogSoftmaxInt8Parameters ToKernel(this PreparedLogSoftmaxInt8 p) => new(
        p.Rows, p.Depth, p.Multiplier, p.LeftShift, p.LeastDifference, p.BackMultiplier, p.BackShift);

    public static MulParameters ToKernel(this PreparedMul p) => new(
        p.Shape.ToKernel(), p.ZeroPointA, p.ZeroPointB, p.Multiplier, p.Shift, new Requantizer(p.OutputZeroPoint, p.Minimum, p.Maximum));

    /// <summary>One entry per channel, as kernels take them.</summary>
    public static int[] Spread(this ImmutableArray<int> values, int channels) =>
        values.Length == channels ? [.. values] : [.. Enumerable.Repeat(values[0], channels)];
}
