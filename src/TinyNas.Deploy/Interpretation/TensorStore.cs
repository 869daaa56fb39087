using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>One buffer per tensor, so that every intermediate result can be read after an invocation.</summary>
internal sealed class TensorStore
{
    private readonly Graph graph;
    private readonly byte[][] buffers;

    public TensorStore(Graph graph)
    {
        this.graph = graph;
        buffers = [.. graph.Tensors.Select(t => t.IsConstant ? t.Data.ToArray() : new byte[t.Bytes])];
        ClearState();
    }

    public Span<byte> Bytes(int tensor) => buffers[tensor];

    public Span<sbyte> Int8(int tensor) => MemoryMarshal.Cast<byte, sbyte>(buffers[tensor].AsSpan());

    public Span<T> Values<T>(int tensor) where T : unmanaged => MemoryMarshal.Cast<byte, T>(buffers[tensor].AsSpan());

    /// <summary>The int32 values of an optional bias; empty where <paramref name="tensor"/> is -1.</summary>
    public int[] Bias(int tensor) => tensor < 0 ? [] : Values<int>(tensor).ToArray();

    /// <summary>Sets every state tensor to its zero point.</summary>
    public void ClearState()
    {
        foreach (int state in StateTensors.Of(graph)) buffers[state].AsSpan().Fill((byte)StateTensors.Fill(graph.Tensors[state]));
    }
}
