using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// A pointwise convolution and the depthwise one that alone reads it, run a band of output rows at a time: the wide map between
/// them exists only as the rows under the band, in scratch. Rows that the next band needs too are moved up, so that nothing is
/// computed twice.
/// </summary>
internal static class RowBands
{
    /// <summary>Narrow maps take several rows at once: a call should be worth its while.</summary>
    private const int FewestPositions = 12;

    /// <summary>One band: what to move within the buffer, which rows to add to it, and which output rows it gives. Rows, not bytes.</summary>
    public sealed record Band(int Drop, int Keep, int FirstNew, int New, int PadTop, int FirstOutput, int Outputs)
    {
        /// <summary>Rows in the buffer when the band's output is computed.</summary>
        public int Held => Keep + New;
    }

    public static int OutputRows(int outputHeight, int outputWidth) => Math.Clamp((FewestPositions + outputWidth - 1) / outputWidth, 1, outputHeight);

    public static IEnumerable<Band> Of(Window2D w, int rows)
    {
        int begin = 0, end = 0;
        for (int first = 0; first < w.OutputHeight; first += rows)
        {
            int outputs = Math.Min(rows, w.OutputHeight - first), y = first * w.StrideHeight - w.PadTop, top = Math.Max(y, 0);
            int bottom = Math.Min(y + (outputs - 1) * w.StrideHeight + (w.FilterHeight - 1) * w.DilationHeight + 1, w.InputHeight);
            int start = Math.Max(end, top), keep = Math.Max(0, end - top);
            yield return new Band(top - begin, keep, start, Math.Max(0, bottom - start), top - y, first, outputs);
            (begin, end) = (top, Math.Max(bottom, start));
        }
    }

    /// <summary>Bytes of the rows that the largest band holds.</summary>
    public static int BufferBytes(Window2D w, int channels, int rows) => Of(w, rows).Max(b => b.Held) * w.InputWidth * channels;

    /// <summary>Steps that may run in bands: each with the one after it that completes it.</summary>
    public static IEnumerable<(int First, int Second)> Candidates(Graph graph, ImmutableArray<PlannedStep> steps, int[] readers)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Operators.Length > 1 || !IsPointwise(graph, graph.Operators[steps[i].Operators[0]])) continue;
            int map = graph.Operators[steps[i].Operators[0]].Outputs[0];
            if (readers[map] != 1) continue;
            for (int j = i + 1; j < steps.Length; j++)
            {
                Operator op = graph.Operators[steps[j].Operators[0]];
                if (steps[j].Operators.Length == 1 && op.Code == OperatorCode.DepthwiseConv2D && op.Inputs[0] == map
                    && StepWindow.WindowOf(graph, op) is not null) yield return (i, j);
            }
        }
    }

    /// <summary>The steps with a pair of candidates made one.</summary>
    public static ImmutableArray<PlannedStep> Fuse(Graph graph, ImmutableArray<PlannedStep> steps, int first, int second)
    {
        Operator depthwise = graph.Operators[steps[second].Operators[0]];
        Window2D w = StepWindow.WindowOf(graph, depthwise)!;
        int rows = OutputRows(w.OutputHeight, w.OutputWidth);
        int buffer = BufferBytes(w, graph.Tensors[depthwise.Inputs[0]].Shape[3], rows);
        int kernels = (Math.Max(steps[first].ScratchBytes, steps[second].ScratchBytes) + 3) / 4 * 4;
        var fused = new PlannedStep([.. steps[first].Operators, .. steps[second].Operators], ScratchBytes: kernels + buffer, BandRows: rows, BufferBytes: buffer);
        return steps.RemoveAt(second).SetItem(first, fused);
    }

    private static bool IsPointwise(Graph graph, Operator op)
    {
        if (op is not { Code: OperatorCode.Conv2D, Options: Conv2DOptions { StrideHeight: 1, StrideWidth: 1 } } || StepWindow.WindowOf(graph, op) is not { } w) return false;
        return w is { FilterHeight: 1, FilterWidth: 1 } && graph.Tensors[op.Outputs[0]].Type == ElementType.Int8;
    }
}
