using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Bytes of the arena that the emitted kernels need beside inputs and outputs; their templates say what for.</summary>
internal static class KernelScratch
{
    private const int FewestOutputs = 10, SmallMap = 25;

    /// <param name="fused">Whether a max-pool follows in the same kernel.</param>
    public static int Of(Graph graph, Operator op, bool fused) => op.Code switch
    {
        OperatorCode.Conv2D => OfConv2D(graph, op, fused),
        OperatorCode.DepthwiseConv2D => OfDepthwiseConv2D(graph, op),
        _ => 0,
    };

    /// <summary>Four positions' taps as 16-bit numbers, one position's as bytes, and with a pool one sum for each channel of a group.</summary>
    private static int OfConv2D(Graph graph, Operator op, bool fused)
    {
        ImmutableArray<int> input = graph.Tensors[op.Inputs[0]].Shape, filter = graph.Tensors[op.Inputs[1]].Shape;
        if (input.Length != 4 || filter.Length != 4 || filter[3] == 0) return 0;
        int words = (filter[1] * filter[2] * filter[3] + 3) / 4, groups = Math.Max(input[3] / filter[3], 1);
        bool direct = groups == 1 && filter[1] == 1 && filter[2] == 1 && filter[3] % 4 == 0;
        // A block of channels is summed at once, whether there are as many or not.
        return words * 4 * (direct ? 8 : 9) + (fused ? (filter[0] / groups + 3) / 4 * 16 : 0);
    }

    /// <summary>
    /// How many output rows a depthwise convolution takes at once: narrow ones together, so that what is done once for each
    /// channel is done for ten outputs at least; all of a small map.
    /// </summary>
    public static int DepthwiseRows(Graph graph, Operator op)
    {
        ImmutableArray<int> output = graph.Tensors[op.Outputs[0]].Shape;
        if (output.Length != 4 || output[2] == 0) return 1;
        return output[1] * output[2] <= SmallMap ? Math.Max(output[1], 1) : (FewestOutputs + output[2] - 1) / output[2];
    }

    /// <summary>Bytes from one row to the next of the plane that one channel's rows are laid out in (kernel.depthwise_conv_2d.c, for Helium).</summary>
    private static int PlanePitch(int outputWidth, int stride, int filterWidth, int dilation) =>
        ((outputWidth + 3) / 4 * 4 - 1) * stride + (filterWidth - 1) * dilation + 1;

    /// <summary>Whether each 16 taps of a window lie within 256 bytes of that plane.</summary>
    public static bool IsGathered(Window2D w)
    {
        int pitch = PlanePitch(w.OutputWidth, w.StrideWidth, w.FilterWidth, w.DilationWidth), taps = w.FilterHeight * w.FilterWidth;
        for (int first = 0; first < taps; first += 16)
            for (int t = first; t < Math.Min(first + 16, taps); t++)
                if ((t / w.FilterWidth - first / w.FilterWidth) * w.DilationHeight * pitch + t % w.FilterWidth * w.DilationWidth > byte.MaxValue) return false;
        return true;
    }

    private static int OfDepthwiseConv2D(Graph graph, Operator op)
    {
        ImmutableArray<int> output = graph.Tensors[op.Outputs[0]].Shape, filter = graph.Tensors[op.Inputs[1]].Shape;
        var options = (DepthwiseConv2DOptions)op.Options;
        if (output.Length != 4 || filter.Length != 4) return 0;
        int rows = (DepthwiseRows(graph, op) - 1) * options.StrideHeight + (filter[1] - 1) * options.DilationHeight + 1;
        return Math.Max(OfPairs(graph.Tensors[op.Inputs[0]].Shape[3], output, filter, options, rows), OfPlane(output, filter, options, rows));
    }

    /// <summary>One channel's rows, and for each 16 taps their distances and where they begin.</summary>
    private static int OfPlane(ImmutableArray<int> output, ImmutableArray<int> filter, DepthwiseConv2DOptions options, int rows) =>
        (filter[1] * filter[2] + 15) / 16 * 20 + rows * PlanePitch(output[2], options.StrideWidth, filter[2], options.DilationWidth);

    /// <summary>
    /// The rows of four channels, or of one where there are no four, under those output rows, as 16-bit numbers in whole words, and one channel's taps, twice, where
    /// they are not 3x3.
    /// </summary>
    private static int OfPairs(int inputChannels, ImmutableArray<int> output, ImmutableArray<int> filter, DepthwiseConv2DOptions options, int rows)
    {
        if (options.DilationWidth > 1) return 0;
        int pairs = ((output[2] + output[2] % 2 - 1) * options.StrideWidth + filter[2] + options.StrideWidth + 2) / 2;
        bool threes = filter[1] == 3 && filter[2] == 3 && options.StrideWidth <= 2 && options.DilationHeight == 1;
        return (inputChannels >= 4 ? 4 : 1) * 4 * pairs * rows
            + (threes ? 0 : ((filter[1] - 1) * options.DilationHeight + 2) / 2 * 2 * ((filter[2] + options.StrideWidth + 1) / 2) * 8);
    }
}
