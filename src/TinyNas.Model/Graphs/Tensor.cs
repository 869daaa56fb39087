using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TinyNas.Model;

/// <summary>
/// One tensor of a <see cref="Graph"/>: an activation (no data) or a constant (little-endian <see cref="Data"/>).
/// Activations are NHWC with a leading batch dimension of 1; a window of T steps and C channels is [1, 1, T, C].
/// </summary>
public sealed record Tensor(string Name, ElementType Type, ImmutableArray<int> Shape)
{
    public Quantization? Quantization { get; init; }

    /// <summary>The bytes of a constant, little-endian; empty for an activation.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>State that lives from one invocation to the next (SVDF, LSTM).</summary>
    public bool IsVariable { get; init; }

    public bool IsConstant => !Data.IsEmpty;

    /// <summary>Number of elements; 1 for a scalar.</summary>
    public int Count => Shape.Aggregate(1, (product, dimension) => checked(product * dimension));

    public int Bytes => checked(Count * Type.Size());

    /// <summary>The constant's elements. Valid where <typeparamref name="T"/> has the size of <see cref="Type"/>.</summary>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Data.Span);
}
