using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// A PAD with the zero point before a convolution adds nothing to its sums, as positions outside the input do not: the
/// convolution reads the tensor before it, with a window that begins further out, and the padded tensor never exists.
/// </summary>
internal static class PadFolding
{
    /// <summary>For each operator the PAD that it can do without, or -1. A PAD is folded into all its readers or into none.</summary>
    public static int[] Of(Graph graph)
    {
        int[] pads = [.. Enumerable.Repeat(-1, graph.Operators.Length)], readers = StepFusion.CountReaders(graph);
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            if (graph.Operators[i].Code is not (OperatorCode.Pad or OperatorCode.PadV2) || !IsFrame(graph, graph.Operators[i])) continue;
            int[] convolutions = [.. Enumerable.Range(0, graph.Operators.Length).Where(j => Reads(graph, graph.Operators[j], i))];
            if (convolutions.Length == 0 || convolutions.Length != readers[graph.Operators[i].Outputs[0]]) continue;
            foreach (int j in convolutions) pads[j] = i;
        }
        return pads;
    }

    /// <summary>The convolution with its window over the tensor before the PAD.</summary>
    public static PreparedOperator Fold(Graph graph, PreparedOperator convolution, Operator pad) => convolution switch
    {
        PreparedConv2D c => c with { Input = pad.Inputs[0], Window = Fold(graph, c.Window, pad) },
        PreparedDepthwiseConv2D d => d with { Input = pad.Inputs[0], Window = Fold(graph, d.Window, pad) },
        _ => throw new ArgumentException($"{convolution.Operator.Code} has no window that a PAD could be folded into.", nameof(convolution)),
    };

    public static Window2D Fold(Graph graph, Window2D window, Operator pad)
    {
        ImmutableArray<int> shape = graph.Tensors[pad.Inputs[0]].Shape;
        ReadOnlySpan<int> paddings = graph.Tensors[pad.Inputs[1]].Values<int>();
        return window with { InputHeight = shape[1], InputWidth = shape[2], PadTop = window.PadTop + paddings[2], PadLeft = window.PadLeft + paddings[4] };
    }

    /// <summary>Whether it pads height and width of an int8 map with its zero point.</summary>
    private static bool IsFrame(Graph graph, Operator pad)
    {
        if (pad.Inputs[0] < 0) return false;
        Tensor x = graph.Tensors[pad.Inputs[0]], y = graph.Tensors[pad.Outputs[0]];
        if (x.IsConstant || x.Type != ElementType.Int8 || x.Shape.Length != 4 || y.Quantization is not { IsPerTensor: true } q) return false;
        try
        {
            if (((PreparedRearrange)OperatorPreparation.Prepare(graph, pad)).Fill != (byte)(q.ZeroPoints.IsEmpty ? 0 : q.ZeroPoint)) return false;
        }
        catch (TinyNasException)
        {
            return false;
        }
        return x.Shape[0] == y.Shape[0] && x.Shape[3] == y.Shape[3];
    }

    private static bool Reads(Graph graph, Operator op, int pad) =>
        op.Code is OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D && op.Inputs[0] == graph.Operators[pad].Outputs[0]
        && WindowOf(graph, op) is { } window && SeesTheInput(Fold(graph, window, graph.Operators[pad]));

    private static Window2D? WindowOf(Graph graph, Operator op)
    {
        try
        {
            return StepWindow.WindowOf(graph, op);
        }
        catch (TinyNasException)
        {
            return null;
        }
    }

    /// <summary>Kernels expect at least one tap of every position inside the input.</summary>
    private static bool SeesTheInput(Window2D w) =>
        Sees(w.OutputHeight, w.StrideHeight, w.PadTop, w.FilterHeight, w.DilationHeight, w.InputHeight)
        && Sees(w.OutputWidth, w.StrideWidth, w.PadLeft, w.FilterWidth, w.DilationWidth, w.InputWidth);

    private static bool Sees(int outputs, int stride, int pad, int taps, int dilation, int inputs)
    {
        for (int o = 0; o < outputs; o++)
        {
            int first = o * stride - pad, tap = first < 0 ? (-first + dilation - 1) / dilation : 0;
            if (tap >= taps || first + tap * dilation >= inputs) return false;
        }
        return true;
    }
}
