using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>What a reader found: values as <see cref="DataSet"/> keeps them, labels and groups still as text.</summary>
internal sealed record RawSamples(Shape Shape, ElementType ElementType, string[] Labels, IReadOnlyList<string> Files)
{
    public byte[] Bytes { get; init; } = [];

    public float[] Floats { get; init; } = [];

    /// <summary>The classes in the order the data declare, or null where they declare none.</summary>
    public ImmutableArray<string>? Classes { get; init; }

    public string[]? Groups { get; init; }
}
