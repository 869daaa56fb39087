using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>Reads .tflite files of any origin. Constants stay parts of the given memory.</summary>
public static class TfliteReader
{
    /// <param name="name">What diagnostics call the file.</param>
    /// <exception cref="TinyNasException">TNAS0301: damaged or not a .tflite file; TNAS0302: it holds a number that is no operator.</exception>
    public static Graph Read(ReadOnlyMemory<byte> file, string name)
    {
        try
        {
            Graph graph = Read(new FlatBufferReader(file));
            return GraphCheck.FirstFault(graph) is { } fault ? throw new FlatBufferException(fault) : graph;
        }
        catch (FlatBufferException damage)
        {
            throw new TinyNasException(DiagnosticCatalogue.ModelUnreadable, name, damage.Message);
        }
    }

    private static Graph Read(FlatBufferReader reader)
    {
        FlatTable model = reader.Root(TfliteSchema.Identifier);
        if (model.Int32(TfliteSchema.Model.Version) != TfliteSchema.Version) throw new FlatBufferException("its schema is not version 3");
        FlatTable[] subgraphs = model.Tables(TfliteSchema.Model.SubGraphs);
        if (subgraphs.Length != 1) throw new FlatBufferException($"it has {subgraphs.Length} subgraphs; one is read here");
        FlatTable subgraph = subgraphs[0];

        ReadOnlyMemory<byte>[] buffers = [.. model.Tables(TfliteSchema.Model.Buffers).Select(b => Data(reader, b))];
        FlatTable[] codes = model.Tables(TfliteSchema.Model.OperatorCodes);
        ImmutableArray<Tensor> tensors = [.. subgraph.Tables(TfliteSchema.SubGraph.Tensors).Select(t => TfliteTensors.Read(t, buffers))];
        ImmutableArray<Operator> operators =
            [.. subgraph.Tables(TfliteSchema.SubGraph.Operators).Select(o => TfliteOperators.Read(o, codes, tensors, reader.Memory(0, reader.Length)))];
        return new Graph(
            tensors, operators, [.. subgraph.Int32s(TfliteSchema.SubGraph.Inputs)], [.. subgraph.Int32s(TfliteSchema.SubGraph.Outputs)])
        {
            Description = model.String(TfliteSchema.Model.Description),
        };
    }

    /// <summary>A buffer's bytes; models above 2 GB and some tools put them behind the tables, at Offset.</summary>
    private static ReadOnlyMemory<byte> Data(FlatBufferReader reader, FlatTable buffer) => buffer.Int64(TfliteSchema.Buffer.Offset) > 1
        ? reader.Memory(buffer.Int64(TfliteSchema.Buffer.Offset), buffer.Int64(TfliteSchema.Buffer.Size))
        : buffer.Blob(TfliteSchema.Buffer.Data);
}
