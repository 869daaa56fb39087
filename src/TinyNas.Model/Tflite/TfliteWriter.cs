using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>Writes graphs as .tflite files that TFLM and TFLite 2.9 and later read. The same graph gives the same bytes.</summary>
public static class TfliteWriter
{
    /// <summary>Constants are read in place by microcontrollers, sometimes as vectors.</summary>
    private const int BufferAlignment = 16;

    /// <exception cref="TinyNasException">TNAS0302: an operator whose options this version does not write.</exception>
    public static byte[] Write(Graph graph)
    {
        if (graph.Operators.Select(o => o.Options).OfType<OpaqueOptions>().FirstOrDefault() is { } opaque) return Unchanged(graph, opaque.File);
        foreach (Operator o in graph.Operators)
        {
            if (!OptionsCodecs.Table.ContainsKey(o.Code) && !OptionsCodecs.WithoutOptions.Contains(o.Code))
                throw new TinyNasException(
                    DiagnosticCatalogue.OperatorUnsupported, o.Name(), graph.Tensors[o.Outputs[0]].Name, "its options are not written here");
        }
        var builder = new FlatBufferBuilder();

        // Buffer 0 is the empty one of all tensors without data. The last is written first, to come last in the file.
        int[] constants = [.. Enumerable.Range(0, graph.Tensors.Length).Where(i => graph.Tensors[i].IsConstant)];
        var buffers = new int[constants.Length + 1];
        for (int i = buffers.Length - 1; i >= 1; i--) buffers[i] = WriteBuffer(builder, graph.Tensors[constants[i - 1]].Data);
        buffers[0] = WriteBuffer(builder, default);

        int[] tensors = [.. graph.Tensors.Select((t, i) => TfliteTensors.Write(builder, t, Array.IndexOf(constants, i) + 1))];
        ImmutableArray<(OperatorCode Code, int Version)> kinds = [.. graph.Operators.Select(o => Kind(graph, o)).Distinct()];
        int[] operators = [.. graph.Operators.Select(o => TfliteOperators.Write(builder, o, kinds.IndexOf(Kind(graph, o))))];
        int[] codes = [.. kinds.Select(k => WriteCode(builder, k.Code, k.Version))];
        int subgraph = WriteSubgraph(builder, graph, tensors, operators);

        int bufferList = builder.Offsets(buffers), codeList = builder.Offsets(codes), subgraphList = builder.Offsets([subgraph]);
        int description = builder.String(graph.Description);
        builder.StartTable();
        builder.Int32(TfliteSchema.Model.Version, TfliteSchema.Version);
        builder.Offset(TfliteSchema.Model.OperatorCodes, codeList);
        builder.Offset(TfliteSchema.Model.SubGraphs, subgraphList);
        builder.Offset(TfliteSchema.Model.Description, description);
        builder.Offset(TfliteSchema.Model.Buffers, bufferList);
        return builder.Finish(builder.EndTable(), TfliteSchema.Identifier);
    }

    /// <summary>What an unknown operator carries cannot be written anew: such a graph is its file, and nothing else.</summary>
    private static byte[] Unchanged(Graph graph, ReadOnlyMemory<byte> file)
    {
        Graph original = TfliteReader.Read(file, "");
        bool same = original.Tensors.Length == graph.Tensors.Length && original.Operators.Length == graph.Operators.Length
            && original.Inputs.SequenceEqual(graph.Inputs) && original.Outputs.SequenceEqual(graph.Outputs)
            && original.Tensors.Zip(graph.Tensors).All(p => p.First.Shape.SequenceEqual(p.Second.Shape) && p.First.Data.Span.SequenceEqual(p.Second.Data.Span))
            && original.Operators.Zip(graph.Operators).All(p => p.First.Code == p.Second.Code && p.First.Inputs.SequenceEqual(p.Second.Inputs));
        if (same) return file.ToArray();
        Operator o = graph.Operators.First(o => o.Options is OpaqueOptions);
        throw new TinyNasException(
            DiagnosticCatalogue.OperatorUnsupported, o.Name(), graph.Tensors[o.Outputs[0]].Name, "its options are not written here");
    }

    private static (OperatorCode Code, int Version) Kind(Graph graph, Operator o) =>
        (o.Code, Math.Max(o.Version, OperatorVersions.Lowest(graph, o)));

    private static int WriteBuffer(FlatBufferBuilder builder, ReadOnlyMemory<byte> data)
    {
        int bytes = data.IsEmpty ? 0 : builder.Bytes(data.Span, BufferAlignment);
        builder.StartTable();
        builder.Offset(TfliteSchema.Buffer.Data, bytes);
        return builder.EndTable();
    }

    private static int WriteCode(FlatBufferBuilder builder, OperatorCode code, int version)
    {
        builder.StartTable();
        builder.Byte(TfliteSchema.OperatorCode.DeprecatedBuiltinCode, (byte)Math.Min((int)code, sbyte.MaxValue));
        builder.Int32(TfliteSchema.OperatorCode.Version, version, 1);
        builder.Int32(TfliteSchema.OperatorCode.BuiltinCode, (int)code);
        return builder.EndTable();
    }

    private static int WriteSubgraph(FlatBufferBuilder builder, Graph graph, int[] tensors, int[] operators)
    {
        int tensorList = builder.Offsets(tensors), operatorList = builder.Offsets(operators);
        int inputs = builder.Int32s(graph.Inputs.AsSpan()), outputs = builder.Int32s(graph.Outputs.AsSpan());
        int name = builder.String("main");
        builder.StartTable();
        builder.Offset(TfliteSchema.SubGraph.Tensors, tensorList);
        builder.Offset(TfliteSchema.SubGraph.Inputs, inputs);
        builder.Offset(TfliteSchema.SubGraph.Outputs, outputs);
        builder.Offset(TfliteSchema.SubGraph.Operators, operatorList);
        builder.Offset(TfliteSchema.SubGraph.Name, name);
        return builder.EndTable();
    }
}
