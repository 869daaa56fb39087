#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>Any function of one int8 value, as 256 results: entry i is that of the value with the bits of i.</summary>
internal static class ByteTable
{
    public static void Run(ReadOnlySpan<sbyte> table, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        for (int i = 0; i < input.Length; i++) output[i] = table[unchecked((byte)input[i])];
    }
}
