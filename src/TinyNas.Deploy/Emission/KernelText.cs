using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>The C of the kernels that a model uses, rendered from the kernel.*.c templates.</summary>
internal static class KernelText
{
    /// <summary>Template and the kernel that calls for it, in the order of n.c. Parts of one template are switched by flags.</summary>
    private static readonly ImmutableArray<(Kernel Kernel, string Template)> Templates =
    [
        (Kernel.Common, "kernel.common.c"),
        (Kernel.Dot, "kernel.dot.c"),
        (Kernel.Conv2D, "kernel.conv_2d.c"),
        (Kernel.DepthwiseConv2D, "kernel.depthwise_conv_2d.c"),
        (Kernel.FullyConnected, "kernel.fully_connected.c"),
        (Kernel.Pool2D, "kernel.pool_2d.c"),
        (Kernel.MaxPool2D, "kernel.max_pool_2d.c"),
        (Kernel.AveragePool2D, "kernel.average_pool_2d.c"),
        (Kernel.Mean, "kernel.mean.c"),
        (Kernel.Exp, "kernel.exp.c"),
        (Kernel.Softmax, "kernel.softmax.c"),
        (Kernel.Broadcast, "kernel.broadcast.c"),
        (Kernel.Add, "kernel.add.c"),
        (Kernel.Mul, "kernel.mul.c"),
        (Kernel.Rescale, "kernel.rescale.c"),
        (Kernel.Quantize, "kernel.quantize.c"),
        (Kernel.Dequantize, "kernel.dequantize.c"),
        (Kernel.QuantizeWide, "kernel.quantize_wide.c"),
        (Kernel.DequantizeWide, "kernel.dequantize_wide.c"),
        (Kernel.Rearrange, "kernel.rearrange.c"),
        (Kernel.ByteTable, "kernel.byte_table.c"),
        (Kernel.Extremum, "kernel.extremum.c"),
        (Kernel.Prelu, "kernel.prelu.c"),
        (Kernel.ResizeNearest, "kernel.resize_nearest.c"),
        (Kernel.ResizeBilinear, "kernel.resize_bilinear.c"),
        (Kernel.ArgExtremum, "kernel.arg_extremum.c"),
        (Kernel.LogSoftmax, "kernel.log_softmax.c"),
        (Kernel.LogSoftmaxInt8, "kernel.log_softmax_int8.c"),
        (Kernel.Scale, "kernel.scale.c"),
        (Kernel.RescaleWide, "kernel.rescale_wide.c"),
        (Kernel.TransposeConv, "kernel.transpose_conv.c"),
        (Kernel.Lstm, "kernel.lstm.c"),
        (Kernel.Svdf, "kernel.svdf.c"),
    ];

    public static string Render(TemplateRenderer renderer, ModelNames names, CSource source)
    {
        Dictionary<string, object?> values = new()
        {
            ["n"] = names.Snake,
            ["N"] = names.Capitals,
            ["backwards"] = source.Backwards,
            ["wide"] = source.Wide,
            ["wholeShifts"] = source.WholeShifts,
            ["leftShifts"] = source.ShiftsLeft,
            ["leftward"] = source.Leftward,
            ["above"] = source.Above && !source.Wide,
            ["mixed"] = source.Above && source.Signs && !source.Wide,
            ["allAbove"] = source.Above && !source.Signs && !source.Kernels.Overlaps([Kernel.Add, Kernel.Mul]),
            ["ranges"] = source.Ranges,
            ["threes"] = source.Kernels.Contains(Kernel.DepthwiseThrees),
            ["others"] = source.Kernels.Contains(Kernel.DepthwiseOthers),
            ["gathered"] = source.DepthwiseGathered,
            ["ungathered"] = source.DepthwiseUngathered,
            ["dilated"] = source.DepthwiseDilated,
            ["convolution"] = source.Kernels.Contains(Kernel.Conv2D),
            ["dense"] = source.Kernels.Overlaps([Kernel.FullyConnected, Kernel.Lstm, Kernel.Svdf]),
            ["rows"] = source.Kernels.Overlaps([Kernel.Lstm, Kernel.Svdf]),
            ["vectors"] = source.Kernels.Overlaps([Kernel.Add, Kernel.Mul]),
            ["requantise"] = source.Kernels.Contains(Kernel.Requantise),
            ["plain"] = source.Kernels.Contains(Kernel.Conv2DPlain),
            ["pooled"] = source.Kernels.Contains(Kernel.Conv2DMaxPool),
        };
        return string.Join('\n', Templates.Where(t => source.Kernels.Contains(t.Kernel)).Select(t => renderer.Render(t.Template, values))).TrimEnd('\n');
    }
}
