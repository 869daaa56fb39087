using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>One thing that a <see cref="Stage"/> does.</summary>
internal abstract record StageAction;

/// <summary>Rows that are still needed go to the beginning of their buffer. Places are bytes from the beginning of all buffers.</summary>
internal sealed record StageMove(int To, int From, int Bytes) : StageAction;

/// <summary>
/// A kernel computes some of its rows, or in a strip some columns of them: to <paramref name="Place"/> in the buffers, or, where
/// <paramref name="IsOutside"/>, in the stage's output.
/// </summary>
internal sealed record StageTurn(int Part, int First, int Rows, Columns Columns, bool IsOutside, int Place, ImmutableArray<StageOperand> Reads) : StageAction;

/// <summary>
/// Rows that a kernel reads at <paramref name="Place"/> in the buffers, or in a tensor from outside, and the columns that are
/// there from it on.
/// </summary>
internal readonly record struct StageOperand(int Tensor, int FirstRow, int Rows, int RowBytes, Columns Columns, bool IsOutside, int Place);
