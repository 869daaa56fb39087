namespace TinyNas.Model;

/// <summary>What every reader of a graph relies on: indices exist, sizes agree, operators are listed in an order that can be executed.</summary>
public static class GraphCheck
{
    /// <summary>Far above any microcontroller's memory, far below what a damaged shape may ask for.</summary>
    private const long LargestTotal = 1L << 28;

    /// <summary>Ten times those of the largest published networks; what looks at each operator beside each other stays within seconds.</summary>
    private const int MostOperators = 4096;

    /// <summary>The first fault in words, or null.</summary>
    public static string? FirstFault(Graph graph) => Tensors(graph) ?? Operators(graph);

    private static string? Tensors(Graph graph)
    {
        long total = 0;
        // Converters leave tensors without elements beside an LSTM, which no operator reads.
        HashSet<int> used = [.. graph.Operators.SelectMany(o => o.Inputs.Concat(o.Outputs)), .. graph.Inputs, .. graph.Outputs];
        for (int i = 0; i < graph.Tensors.Length; i++)
        {
            Tensor tensor = graph.Tensors[i];
            long bytes = tensor.Type.Size();
            foreach (int dimension in tensor.Shape)
            {
                if (dimension < 0 || (dimension == 0 && used.Contains(i))) return $"tensor '{tensor.Name}' has a dimension of {dimension}";
                if ((bytes *= dimension) > LargestTotal) return $"tensor '{tensor.Name}' is too large";
            }
            if ((total += bytes) > LargestTotal) return "its tensors are too large";
            if (tensor.IsConstant && tensor.Data.Length != bytes)
                return $"tensor '{tensor.Name}' has {tensor.Data.Length} bytes of data where its shape needs {bytes}";
            if (tensor.Quantization is { } s && !s.Scales.All(float.IsFinite)) return $"tensor '{tensor.Name}' has a scale that is no number";
            if (tensor.Quantization is { } q && (q.Dimension < 0 || (q.Scales.Length > 1
                && (q.Dimension >= tensor.Shape.Length || tensor.Shape[q.Dimension] != q.Scales.Length))))
                return $"tensor '{tensor.Name}' has {q.Scales.Length} scales along dimension {q.Dimension}, which does not have that length";
        }
        return null;
    }

    private static string? Operators(Graph graph)
    {
        int count = graph.Tensors.Length;
        if (graph.Operators.Length > MostOperators) return $"it has {graph.Operators.Length} operators, more than {MostOperators}";
        if (graph.Inputs.IsEmpty || graph.Outputs.IsEmpty) return "it has no input or no output";
        var written = new bool[count];
        for (int i = 0; i < count; i++) written[i] = graph.Tensors[i].IsConstant || graph.Tensors[i].IsVariable;
        foreach (int input in graph.Inputs)
        {
            if ((uint)input >= (uint)count) return "an input of the model is not there";
            if (graph.Tensors[input].IsConstant) return $"the input '{graph.Tensors[input].Name}' is a constant";
            written[input] = true;
        }
        foreach (Operator o in graph.Operators)
        {
            string name = o.Code.Name();
            (int least, int most) = OperatorArity.Inputs(o.Code);
            if (o.Inputs.Length < least || o.Inputs.Length > most) return $"{name} has {o.Inputs.Length} inputs";
            if (o.Outputs.Length < 1 || o.Outputs.Length > OperatorArity.Outputs(o.Code)) return $"{name} has {o.Outputs.Length} outputs";
            for (int i = 0; i < o.Inputs.Length; i++)
            {
                int tensor = o.Inputs[i];
                if (tensor == -1 && i >= OperatorArity.FirstOptional(o.Code)) continue;
                if ((uint)tensor >= (uint)count) return $"an input of {name} is not there";
                if (!written[tensor]) return $"{name} reads '{graph.Tensors[tensor].Name}' before it is written";
            }
            foreach (int tensor in o.Outputs)
            {
                if ((uint)tensor >= (uint)count) return $"an output of {name} is not there";
                if (written[tensor]) return $"{name} writes '{graph.Tensors[tensor].Name}', which is written already";
                written[tensor] = true;
            }
            foreach (var (tensor, rank) in OperatorArity.Ranks(o))
                if (graph.Tensors[tensor].Shape.Length != rank) return $"{name} has '{graph.Tensors[tensor].Name}', which has not {rank} dimensions";
        }
        foreach (int output in graph.Outputs)
        {
            if ((uint)output >= (uint)count || !written[output]) return "an output of the model is never written";
            if (graph.Tensors[output].IsConstant) return $"the output '{graph.Tensors[output].Name}' is a constant";
        }
        return null;
    }
}
