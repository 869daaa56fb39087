using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// What TensorFlow Lite Micro needs for a graph with CMSIS-NN on a Cortex-M4, modelled on arenas and link maps measured at commit
/// 90b983c2: activations and scratch placed by its greedy planner in units of 16 bytes, plus bookkeeping per tensor, node,
/// channel and convolution.
/// </summary>
internal static class TflmArena
{
    private const int PerTensor = 12, PerNode = 32, Fixed = 260, OtherPerNode = 4;

    /// <summary>While the greedy planner runs, where the activations will be: bytes per tensor or scratch, per buffer placed, per request, and for alignment.</summary>
    private const int PlanPerTensor = 24, PlanPerBuffer = 40, PlanPerRequest = 8, PlanRequests = 12, PlanAlignment = 64;

    public static long ArenaUsed(Graph graph) => Tail(graph) + Head(graph);

    /// <summary>
    /// Bytes of the emitted arena: the modelled use with 5 % and 512 to spare, rounded to 16. Of a small model more than that is needed
    /// while its activations are being planned, and given back.
    /// </summary>
    public static long Declared(Graph graph)
    {
        int scratch = graph.Operators.Sum(o => Scratch(graph, o).Count()), buffers = graph.Tensors.Count(t => !t.IsConstant && !t.IsVariable) + scratch;
        long planning = PlanPerTensor * (graph.Tensors.Length + (long)scratch) + PlanPerBuffer * (long)buffers + PlanPerRequest * (PlanRequests + (long)scratch) + PlanAlignment;
        long need = Tail(graph) + Math.Max(Head(graph), planning);
        return AlignUp(need + need / 20 + 512, 16);
    }

    /// <summary>What stays for as long as the interpreter: bookkeeping, and the operators' own data.</summary>
    private static long Tail(Graph graph)
    {
        long tail = Fixed + (long)PerTensor * UsedTensors(graph) + (PerNode + OtherPerNode) * (long)graph.Operators.Length;
        foreach (Operator op in graph.Operators)
        {
            tail += OperatorData(op.Code);
            // A multiplier and a shift for each channel, in two arrays that begin at multiples of 16.
            if (op.Code is OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D or OperatorCode.TransposeConv)
                tail += 2 * AlignUp(4L * graph.Tensors[op.Outputs[0]].Shape[^1], 16);
            // Sums of the weights of each gate, for the input and for the hidden state.
            if (op.Code == OperatorCode.UnidirectionalSequenceLstm) tail += 8 * AlignUp(4L * graph.Tensors[op.Outputs[0]].Shape[^1], 16);
        }
        foreach (int state in StateTensors.Of(graph)) tail += AlignUp(graph.Tensors[state].Bytes, 16);
        return AlignUp(tail, 4);
    }

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
        OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D or OperatorCode.TransposeConv => 100,
        OperatorCode.FullyConnected => 82,
        OperatorCode.Add => 64,
        OperatorCode.Mul => 80,
        OperatorCode.Quantize or OperatorCode.Dequantize => 20,
        OperatorCode.Softmax => 64,
        OperatorCode.LogSoftmax => 36,
        OperatorCode.UnidirectionalSequenceLstm => 1_028,
        OperatorCode.Mean => 56,
        OperatorCode.AveragePool2D or OperatorCode.MaxPool2D => 80,
        _ => 0,
    };

    private static int UsedTensors(Graph graph) =>
        graph.Operators.SelectMany(o => o.Inputs.Concat(o.Outputs)).Where(i => i >= 0).Concat(graph.Inputs).Distinct().Count();

    /// <summary>
    /// Largest first, each at the lowest gap that its size, rounded up to 16, finds.
    /// </summary>
    private static long Head(Graph graph)
    {
        var steps = graph.Operators.Select((_, i) => new PlannedStep([i])).ToArray();
        var live = new Liveness(graph, [.. steps], shares: false);
        // Of buffers of one size the later is placed first.
        var buffers = live.Storages.Where(s => !s.Tensors.Any(t => graph.Tensors[t].IsVariable)).OrderByDescending(s => s.Tensors[0]).Select(s => new Storage(AlignUp(s.Bytes, 16), 16, s.First, s.Last)).ToList();
        for (int t = 0; t < graph.Operators.Length; t++)
            foreach (int bytes in Scratch(graph, graph.Operators[t])) buffers.Add(new Storage(AlignUp(bytes, 16), 16, t, t));
        return buffers.Count == 0 ? 0 : ArenaLayout.LowestOffset(buffers.OrderByDescending(b => b.Bytes));
    }

    /// <summary>
    /// A convolution that is not pointwise has two columns of 16-bit inputs, a mean its sums and two lists of dimensions, a transposed
    /// convolution the sums of its output.
    /// </summary>
    private static IEnumerable<int> Scratch(Graph graph, Operator op)
    {
        int rank = op.Inputs.IsEmpty || op.Inputs[0] < 0 ? 0 : graph.Tensors[op.Inputs[0]].Shape.Length;
        switch (op.Code)
        {
            case OperatorCode.Conv2D when graph.Tensors[op.Inputs[1]].Shape is var filter && filter[1] * filter[2] != 1: return [4 * AlignUp(filter[1] * filter[2] * filter[3], 4)];
            case OperatorCode.Mean: return [4 * graph.Tensors[op.Outputs[0]].Count, 4 * rank, 4 * graph.Tensors[op.Inputs[1]].Count];
            case OperatorCode.TransposeConv: return [4 * graph.Tensors[op.Outputs[0]].Count];
            case OperatorCode.UnidirectionalSequenceLstm: return [.. Enumerable.Repeat(2 * graph.Tensors[op.Outputs[0]].Shape[^1], 3)];
            default: return [];
        }
    }

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private static long AlignUp(long value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
