using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Groups operators into the steps that run as one kernel.</summary>
internal static class StepFusion
{
    public static ImmutableArray<PlannedStep> Steps(Graph graph)
    {
        int[] readers = CountReaders(graph), pads = PadFolding.Of(graph);
        var fused = new bool[graph.Operators.Length];
        foreach (int pad in pads)
            if (pad >= 0) fused[pad] = true;
        var steps = ImmutableArray.CreateBuilder<PlannedStep>();
        for (int i = 0; i < graph.Operators.Length; i++)
        {
            if (fused[i]) continue;
            if (UnaryChains.From(graph, i, readers) is { IsEmpty: false } chain)
            {
                foreach (int o in chain) fused[o] = true;
                steps.Add(new PlannedStep(chain) { IsTable = true });
                continue;
            }
            int pool = PoolAfter(graph, i, readers);
            if (pool >= 0) fused[pool] = true;
            steps.Add(new PlannedStep(pool >= 0 ? [i, pool] : [i], ScratchBytes: KernelScratch.Of(graph, graph.Operators[i], fused: pool >= 0)) { Pad = pads[i] });
        }
        return steps.ToImmutable();
    }

    /// <summary>
    /// The max-pool that the convolution <paramref name="index"/> alone feeds and whose windows do not overlap, so that every
    /// value of the convolution is needed once; -1 where there is none. Pooling before requantisation is exact because
    /// requantisation never decreases: see <see cref="IsMonotone"/>.
    /// </summary>
    private static int PoolAfter(Graph graph, int index, int[] readers)
    {
        Operator conv = graph.Operators[index];
        if (conv.Code != OperatorCode.Conv2D || readers[conv.Outputs[0]] != 1) return -1;
        for (int j = index + 1; j < graph.Operators.Length; j++)
        {
            Operator pool = graph.Operators[j];
            if (pool.Inputs[0] != conv.Outputs[0]) continue;
            return pool.Code == OperatorCode.MaxPool2D && HasSeparateWindows(graph, pool) && IsMonotone(graph, conv) ? j : -1;
        }
        return -1;
    }

    private static bool HasSeparateWindows(Graph graph, Operator pool)
    {
        var options = (Pool2DOptions)pool.Options;
        ImmutableArray<int> map = graph.Tensors[pool.Inputs[0]].Shape;
        return options.StrideHeight == options.FilterHeight && options.StrideWidth == options.FilterWidth
            && map.Length == 4 && map[0] == 1
            && (options.Padding == Padding.Valid || (map[1] % options.FilterHeight == 0 && map[2] % options.FilterWidth == 0));
    }

    /// <summary>
    /// Whether requantisation keeps the order of all accumulators that can occur. A scale below one only rounds and shifts right;
    /// one above shifts left first, which keeps the order unless it leaves 32 bits.
    /// </summary>
    private static bool IsMonotone(Graph graph, Operator conv)
    {
        Tensor input = graph.Tensors[conv.Inputs[0]], filter = graph.Tensors[conv.Inputs[1]], output = graph.Tensors[conv.Outputs[0]];
        if (input.Quantization is not { } x || filter.Quantization is not { } w || output.Quantization is not { } y) return false;
        double largest = 0;
        foreach (float scale in w.Scales) largest = Math.Max(largest, (double)x.Scale * scale / y.Scale);
        if (largest < 0.999) return true;
        int channels = filter.Shape[0], taps = filter.Count / channels;
        ReadOnlySpan<sbyte> weights = filter.Values<sbyte>();
        bool biased = conv.Inputs.Length > 2 && conv.Inputs[2] >= 0;
        for (int c = 0; c < channels; c++)
        {
            double bound = biased ? Math.Abs((double)graph.Tensors[conv.Inputs[2]].Values<int>()[c]) : 0;
            foreach (sbyte weight in weights.Slice(c * taps, taps)) bound += Math.Abs((int)weight) * 255.0;
            if (bound * largest * 2 >= int.MaxValue) return false;
        }
        return true;
    }

    /// <summary>How often each tensor is read, as an output of the graph too.</summary>
    public static int[] CountReaders(Graph graph)
    {
        var readers = new int[graph.Tensors.Length];
        foreach (Operator op in graph.Operators)
            foreach (int input in op.Inputs)
                if (input >= 0) readers[input]++;
        foreach (int output in graph.Outputs) readers[output]++;
        return readers;
    }
}
