using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>One thing that a <see cref="Stage"/> does.</summary>
internal abstract record StageAction;

/// <summary>Rows that are still needed go to the beginning of their buffer. Places are bytes from the beginning of all buffers.</summary>
internal sealed record StageMove(int To, int From, int Bytes) : StageAction;

/// <summary>A kernel computes some of its rows, to <paramref name="Place"/> in the buffers, or to its rows of the stage's output where that is -1.</summary>
internal sealed record StageTurn(int Part, int First, int Rows, int Place, ImmutableArray<StageOperand> Reads) : StageAction;

/// <summary>Rows that a kernel reads: at <paramref name="Place"/> in the buffers, or within a tensor from outside where that is -1.</summary>
internal readonly record struct StageOperand(int Tensor, int FirstRow, int Rows, int RowBytes, int Place);
