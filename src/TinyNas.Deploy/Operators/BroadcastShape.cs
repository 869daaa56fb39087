using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>
/// An output of four dimensions (leading ones added) and the strides of the two operands in elements, 0 along dimensions in
/// which an operand is repeated.
/// </summary>
public sealed record BroadcastShape(ImmutableArray<int> Dimensions, ImmutableArray<int> StridesA, ImmutableArray<int> StridesB)
{
    /// <summary>Both operands have the output's shape.</summary>
    public bool IsElementwise => StridesA.SequenceEqual(StridesB);
}
