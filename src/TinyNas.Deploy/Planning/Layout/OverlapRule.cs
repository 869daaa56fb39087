using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>How far a step's output may lie over an input that dies there, from the declared order of its kernel.</summary>
internal static class OverlapRule
{
    /// <summary>Larger maps than microcontrollers have memory for are not worth the walk.</summary>
    private const int MostPositions = 1 << 20;

    /// <param name="input">Index of a tensor that the first operator reads and nothing reads afterwards.</param>
    public static Overlap Of(Graph graph, PlannedStep step, int input)
    {
        Tensor x = graph.Tensors[input], y = graph.Tensors[StepTensors.Output(graph, step)];
        Overlap none = Overlap.None(x.Bytes, y.Bytes);
        if (!step.Parts.IsEmpty) return Stage.Of(graph, step).Over(input, x.Bytes, y.Bytes);
        AccessOrder order = OperatorEmitters.Access(graph, step);
        return order.Kind switch
        {
            AccessKind.Elements => Elements(x, y, none),
            AccessKind.Pixels or AccessKind.Channels when StepTensors.Inputs(graph, step)[0] == input && StepWindow.Of(graph, step) is { } window => Windows(window, order, x, y, none),
            _ => none,
        };
    }

    /// <summary>
    /// Output element i ends before the end of input element i. An operand that is repeated has fewer elements than the output and
    /// is read to the end; a reduction has more, and reads ahead of what it writes.
    /// </summary>
    private static Overlap Elements(Tensor x, Tensor y, Overlap none)
    {
        if (x.Count < y.Count) return none;
        int excess = x.Type.Size() - y.Type.Size();
        return none with { Below = excess >= 0 ? excess : excess * y.Count };
    }

    /// <summary>
    /// Walks over the output positions once from each end with the first, and the last, input byte that is still to be read. A
    /// byte may be written below the one, or above the other.
    /// </summary>
    private static Overlap Windows(StepWindow window, AccessOrder order, Tensor x, Tensor y, Overlap none)
    {
        int count = window.OutputHeight * window.OutputWidth;
        if (count > MostPositions || x.Type.Size() != 1 || y.Type.Size() != 1) return none;
        int inPixel = x.Shape[3], outPixel = y.Shape[3];
        int together = Math.Max(1, order.Rows > 0 ? order.Rows * window.OutputWidth : order.Pixels);
        bool channels = order.Kind == AccessKind.Channels && together == 1 && inPixel == outPixel;
        int below = int.MaxValue, pending = int.MaxValue;
        for (int k = count - 1; k >= 0; k--)
        {
            int first = window.First(k) * inPixel;
            if (channels) below = Math.Min(below, Difference(pending, (k + 1) * outPixel));
            // Byte c of the first tap is read before byte c of the output is written; of its later bytes none is.
            if (channels && outPixel > 1) below = Math.Min(below, first - k * outPixel);
            pending = Math.Min(pending, first);
            if (!channels) below = Math.Min(below, pending - Math.Min((k / together + 1) * together, count) * outPixel);
        }
        int above = none.Above;
        if (order.Backwards)
        {
            (above, pending) = (int.MinValue, 0);
            for (int k = 0; k < count; k++)
            {
                pending = Math.Max(pending, (window.Last(k) + 1) * inPixel);
                above = Math.Max(above, pending - Math.Max(count - ((count - 1 - k) / together + 1) * together, 0) * outPixel);
            }
        }
        return new Overlap(Math.Max(below, none.Below), Math.Min(above, none.Above));
    }

    private static int Difference(int pending, int written) => pending == int.MaxValue ? int.MaxValue : pending - written;
}
