using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>
/// The order in which a graph runs and where its activations lie. Offsets and sizes are bytes within one arena of
/// <see cref="ArenaBytes"/>, of which <see cref="LivenessBound"/> are needed at once at the worst step. The emitted C, the figures and
/// the memory map of the report all come from this one plan.
/// </summary>
public sealed record ExecutionPlan(
    ImmutableArray<PlannedStep> Steps, ImmutableArray<PlannedTensor> Tensors, int ArenaBytes, int LivenessBound)
{
    /// <summary>
    /// Bytes that no legal order of the steps can do without: what the best order needs at its worst step where the graph could be
    /// searched to the end, less where it is too wide.
    /// </summary>
    public int OrderBound { get; init; }

    /// <summary>Multiply-accumulates that strips do more than once, beside those of the model.</summary>
    public long RepeatedMacs { get; init; }

    /// <summary>
    /// Where the tensor lies.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The tensor is a constant, or never written because its operator is fused with the next.</exception>
    public int OffsetOf(int tensor)
    {
        foreach (PlannedTensor planned in Tensors)
            if (planned.Tensor == tensor) return planned.Offset;
        throw new KeyNotFoundException($"Tensor {tensor} has no place in the arena.");
    }
}

/// <summary>
/// Operators (indices into the graph) that run as one kernel: usually one; a convolution and the max-pool that follows it are two.
/// Where <paramref name="Backwards"/>, the kernel walks from the last output position to the first, because its output lies behind
/// the input that it is written over. Where <paramref name="BandRows"/> is not 0, the step is a <see cref="Stage"/>: its
/// <see cref="Parts"/> run in turns, the last of them that many output rows at a time, and the last <paramref name="BufferBytes"/>
/// of the scratch hold the rows between them.
/// </summary>
public sealed record PlannedStep(ImmutableArray<int> Operators, int ScratchOffset = 0, int ScratchBytes = 0, bool Backwards = false, int BandRows = 0, int BufferBytes = 0)
{
    /// <summary>The PAD that the first operator's own window makes up for, so that it does not run; -1 where there is none.</summary>
    public int Pad { get; init; } = -1;

    /// <summary>Whether the operators are functions of one value each and run as one table (<see cref="UnaryChains"/>).</summary>
    public bool IsTable { get; init; }

    /// <summary>Of a stage: how many ranges of columns it computes one after the other, what they have in common each time.</summary>
    public int Strips { get; init; } = 1;

    /// <summary>Of a stage: the kernels that run in turns, in order.</summary>
    public ImmutableArray<PlannedStep> Parts { get; init; } = [];

    /// <summary>With those that need not run.</summary>
    public IEnumerable<int> AllOperators => Parts.IsEmpty ? (Pad < 0 ? Operators : [Pad, .. Operators]) : Parts.SelectMany(p => p.AllOperators);
}

/// <summary>
/// An activation tensor's place and lifetime: alive from step <paramref name="First"/> to step <paramref name="Last"/>, both
/// included. Graph inputs begin at 0; graph outputs end at the number of steps, after the last one.
/// </summary>
public sealed record PlannedTensor(int Tensor, int Offset, int Bytes, int First, int Last);
