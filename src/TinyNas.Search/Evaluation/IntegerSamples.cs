using System.Runtime.InteropServices;
using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Samples as the int8 network gets them, quantised once and shared by all trials: the encoding depends on the data,
/// not on the network. Never changes once made.
/// </summary>
public sealed class IntegerSamples
{
    private readonly sbyte[] values;
    private readonly int[] targets;
    private readonly int size;

    public IntegerSamples(DataSet data, ReadOnlySpan<int> indices, InputEncoding encoding)
    {
        size = data.Shape.Count;
        Classes = data.Labels.Length;
        targets = new int[indices.Length];
        values = new sbyte[(long)indices.Length * size];
        for (int i = 0; i < indices.Length; i++)
        {
            targets[i] = data.Targets[indices[i]];
            Span<sbyte> sample = values.AsSpan(i * size, size);
            int from = indices[i] * size, channels = data.Shape.Channels;
            if (data.ElementType == ElementType.UInt8)
                for (int j = 0; j < size; j++) sample[j] = encoding.Quantise(data.Bytes[from + j], j % channels);
            else
                for (int j = 0; j < size; j++) sample[j] = encoding.Quantise(data.Floats[from + j], j % channels);
        }
    }

    public int Count => targets.Length;

    public int Classes { get; }

    public int Target(int index) => targets[index];

    /// <summary>Height × width × channels bytes: what is copied to the input tensor.</summary>
    public ReadOnlySpan<byte> this[int index] => MemoryMarshal.AsBytes(values.AsSpan(index * size, size));
}
