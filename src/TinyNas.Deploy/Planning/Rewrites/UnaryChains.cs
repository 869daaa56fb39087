using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Runs of operators that are functions of one 8-bit value, or of one value and its channel: QUANTIZE between 8-bit types, MUL,
/// ADD and the like with a constant, activations. Together they are one table of 256 results, or one for each channel, which is as
/// exact as they are: it holds what their own kernels give for all values.
/// </summary>
internal static class UnaryChains
{
    /// <summary>The run that begins with an operator and is worth a table: its operators, or none.</summary>
    public static ImmutableArray<int> From(Graph graph, int first, int[] readers)
    {
        var chain = ImmutableArray.CreateBuilder<int>();
        int next = first;
        while (next >= 0 && IsUnary(graph, graph.Operators[next]))
        {
            chain.Add(next);
            int output = graph.Operators[next].Outputs[0];
            next = readers[output] == 1 ? Reader(graph, next, output) : -1;
        }
        return chain.Count > 0 && IsWorthATable(graph, chain) ? chain.ToImmutable() : [];
    }

    /// <summary>The results of all values: entry i of channel c is that of the value with the bits of i.</summary>
    /// <exception cref="TinyNasException">TNAS0302: no kernel for an operator.</exception>
    public static PreparedTable Prepare(Graph graph, ImmutableArray<int> operators)
    {
        Operator first = graph.Operators[operators[0]];
        int channels = Channels(graph, operators), input = Flowing(graph, first), output = graph.Operators[operators[^1]].Outputs[0];
        Graph all = OverAllValues(graph, operators, channels);
        var interpreter = new Interpreter(all);
        Span<byte> values = interpreter.Input();
        for (int i = 0; i < values.Length; i++) values[i] = (byte)(i / channels);
        interpreter.Invoke();
        ReadOnlySpan<byte> results = interpreter.Output();
        var table = new sbyte[results.Length];
        for (int i = 0; i < results.Length; i++) table[i % channels * 256 + i / channels] = (sbyte)results[i];
        return new PreparedTable(first, input, output, graph.Tensors[output].Count, [.. table], channels);
    }

    /// <summary>The operators over a tensor that holds all 256 values in each channel.</summary>
    private static Graph OverAllValues(Graph graph, ImmutableArray<int> operators, int channels)
    {
        var builder = new GraphBuilder();
        var places = new Dictionary<int, int>();
        int last = -1;
        foreach (int index in operators)
        {
            Operator op = graph.Operators[index];
            foreach (int input in op.Inputs) Place(input);
            last = Place(op.Outputs[0]);
            builder.Add(op.Code, [.. op.Inputs.Select(i => places[i])], [last], op.Options);
        }
        return builder.Build([places[Flowing(graph, graph.Operators[operators[0]])]], [last]);

        int Place(int tensor)
        {
            if (places.TryGetValue(tensor, out int known)) return known;
            Tensor t = graph.Tensors[tensor];
            return places[tensor] = t.IsConstant ? builder.Add(t) : builder.Activation(t.Name, t.Type, [1, 256, 1, channels], t.Quantization);
        }
    }

    /// <summary>Two operators or more save their passes where there are as many elements as entries; one alone needs more.</summary>
    private static bool IsWorthATable(Graph graph, IReadOnlyList<int> chain)
    {
        if (chain.Count == 1 && graph.Operators[chain[0]].Inputs.Length == 1 && graph.Operators[chain[0]].Code != OperatorCode.Quantize) return false;
        int entries = 256 * Channels(graph, chain);
        return graph.Tensors[graph.Operators[chain[0]].Outputs[0]].Count >= (chain.Count == 1 ? 4 : 1) * entries;
    }

    private static int Reader(Graph graph, int after, int tensor)
    {
        for (int i = after + 1; i < graph.Operators.Length; i++)
            if (graph.Operators[i].Inputs.Contains(tensor)) return i;
        return -1;
    }

    /// <summary>1 where no constant differs between channels.</summary>
    private static int Channels(Graph graph, IEnumerable<int> chain) =>
        chain.SelectMany(o => graph.Operators[o].Inputs).Where(i => graph.Tensors[i].IsConstant).Select(i => graph.Tensors[i].Count).Append(1).Max();

    /// <summary>The input that is no constant.</summary>
    private static int Flowing(Graph graph, Operator op) => op.Inputs.First(i => !graph.Tensors[i].IsConstant);

    private static bool IsUnary(Graph graph, Operator op)
    {
        if (op.Inputs.Any(i => i < 0) || op.Outputs.Length != 1 || !IsByte(graph.Tensors[op.Outputs[0]])) return false;
        Tensor[] flowing = [.. op.Inputs.Select(i => graph.Tensors[i]).Where(t => !t.IsConstant)];
        if (flowing.Length != 1 || !IsByte(flowing[0]) || !flowing[0].Shape.SequenceEqual(graph.Tensors[op.Outputs[0]].Shape)) return false;
        int channels = flowing[0].Shape.IsEmpty ? 1 : flowing[0].Shape[^1];
        return op.Code switch
        {
            OperatorCode.Quantize or OperatorCode.Relu or OperatorCode.Relu6 or OperatorCode.LeakyRelu or OperatorCode.HardSwish
                or OperatorCode.Elu or OperatorCode.Logistic or OperatorCode.Tanh => IsPrepared(graph, op),
            OperatorCode.Mul or OperatorCode.Add or OperatorCode.Sub or OperatorCode.Maximum or OperatorCode.Minimum or OperatorCode.Prelu =>
                op.Inputs.Select(i => graph.Tensors[i]).Where(t => t.IsConstant).All(t => t.Count == 1 || (t.Count == channels && t.Shape[^1] == channels)) && IsPrepared(graph, op),
            _ => false,
        };
    }

    private static bool IsPrepared(Graph graph, Operator op)
    {
        try
        {
            OperatorPreparation.Prepare(graph, op);
            return true;
        }
        catch (TinyNasException)
        {
            return false;
        }
    }

    private static bool IsByte(Tensor tensor) => tensor.Type is ElementType.Int8 or ElementType.UInt8;
}
