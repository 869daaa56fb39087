using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>
/// One node of a <see cref="Graph"/>. Tensors are indices into <see cref="Graph.Tensors"/>; an absent optional input is -1.
/// </summary>
public sealed record Operator(
    OperatorCode Code, ImmutableArray<int> Inputs, ImmutableArray<int> Outputs, OperatorOptions Options)
{
    /// <summary>Version of the operator in the .tflite registry; the writer picks the lowest that allows the types used.</summary>
    public int Version { get; init; } = 1;
}
