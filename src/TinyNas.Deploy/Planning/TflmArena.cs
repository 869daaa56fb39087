using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// What TensorFlow Lite Micro needs for a graph with CMSIS-NN on a Cortex-M4, modelled on arenas and link maps measured at commit
/// 90b983c2: activations and scratch placed by its greedy planner in units of 16 bytes, plus bookkeeping per tensor, node,
/// channel and convolution.
/// </summary>
internal static class TflmArena
{
    private const int PerTensor = 12, PerNode = 32, PerChannel = 8, Fixed = 260, OtherPerNode = 4, OtherPerConvolution = 28;

    public static long ArenaUsed(Graph graph)
    {
        long tail = Fixed + (long)PerTensor * UsedTensors(graph) + (PerNode + OtherPerNode) * (long)graph.Operators.Length;
        foreach (Operator op in graph.Operators)
        {
            tail += OperatorData(op.Code);
            if (op.Code is not (OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D)) continue;
            tail += OtherPerConvolution + (long)PerChannel * graph.Tensors[op.Outputs[0]].Shape[^1];
        }
        return AlignUp(tail, 4) + Head(graph);
    }

    /// <summary>Spare bytes of the emitted arena over the modelled use: 5 % and 512, rounded to 16.</summary>
    public static long Headroom(long used) => AlignUp(used + used / 20 + 512, 16) - used;

    /// <summary>Code of the interpreter and the kernels with int8 registrations at TFLM's release settings.</summary>
    public static long Code(Graph graph)
    {
        long code = 26_000;
        foreach (OperatorCode kind in graph.Operators.Select(o => o.Code).Distinct())
            code += kind switch
            {
                OperatorCode.FullyConnected => 2_504,
                OperatorCode.Softmax => 5_200,
                OperatorCode.Conv2D => 9_200,
                OperatorCode.DepthwiseConv2D => 9_600,
                OperatorCode.AveragePool2D or OperatorCode.MaxPool2D => 2_400,
                OperatorCode.Reshape => 900,
                OperatorCode.Add => 5_400,
                _ => 3_000,
            };
        return code;
    }

    private static int OperatorData(OperatorCode code) => code switch
    {
        OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D => 72,
        OperatorCode.FullyConnected => 82,
        OperatorCode.Add => 64,
        OperatorCode.Mul => 80,
        OperatorCode.Quantize or OperatorCode.Dequantize => 20,
        OperatorCode.Softmax or OperatorCode.Mean => 36,
        OperatorCode.AveragePool2D or OperatorCode.MaxPool2D => 28,
        _ => 0,
    };

    private static int UsedTensors(Graph graph) =>
        graph.Operators.SelectMany(o => o.Inputs.Concat(o.Outputs)).Where(i => i >= 0).Concat(graph.Inputs).Distinct().Count();

    /// <summary>
    /// Largest first, each at the lowest gap that its size, rounded up to 16, finds. A convolution that is not pointwise has
    /// scratch for two columns of 16-bit inputs.
    /// </summary>
    private static long Head(Graph graph)
    {
        var steps = graph.Operators.Select((_, i) => new PlannedStep([i])).ToArray();
        var live = new Liveness(graph, [.. steps], shares: false);
        // Of buffers of one size the later is placed first.
        var buffers = live.Storages.OrderByDescending(s => s.Tensors[0]).Select(s => new Storage(AlignUp(s.Bytes, 16), 16, s.First, s.Last)).ToList();
        for (int t = 0; t < graph.Operators.Length; t++)
            if (Scratch(graph, graph.Operators[t]) is > 0 and var bytes) buffers.Add(new Storage(AlignUp(bytes, 16), 16, t, t));
        return buffers.Count == 0 ? 0 : ArenaLayout.LowestOffset(buffers.OrderByDescending(b => b.Bytes));
    }

    private static int Scratch(Graph graph, Operator op)
    {
        if (op.Code != OperatorCode.Conv2D) return 0;
        var filter = graph.Tensors[op.Inputs[1]].Shape;
        return filter[1] * filter[2] == 1 ? 0 : 4 * filter[1] * filter[2] * filter[3];
    }

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private static long AlignUp(long value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
