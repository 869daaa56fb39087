#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>What an operator with two operands computes from one element of each.</summary>
internal interface IElementwise
{
    sbyte Apply(int a, int b);
}

/// <summary>Operators with two int8 operands and broadcasting. Generic over structures, so that each becomes a loop of its own.</summary>
internal static class Elementwise
{
    public static void Run<T>(in T operation, in Broadcast shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, Span<sbyte> output)
        where T : struct, IElementwise
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            Span<sbyte> result = output.Slice(row * shape.D3, shape.D3);
            int i = shape.RowOfA(row), j = shape.RowOfB(row);
            for (int k = 0; k < result.Length; k++, i += shape.A3, j += shape.B3) result[k] = operation.Apply(a[i], b[j]);
        }
    }
}
