namespace TinyNas.Deploy;

/// <summary>In which order an emitted kernel reads its inputs and writes its output.</summary>
internal enum AccessKind
{
    /// <summary>Any: an input must not share a byte with the output.</summary>
    Unordered,

    /// <summary>
    /// Elements ascend: by the time output element i is written, elements 0 to i of the input have been read for the last time.
    /// </summary>
    Elements,

    /// <summary>
    /// Output positions in raster order. All channels of <see cref="AccessOrder.Pixels"/> neighbouring positions (that many in a
    /// row, or in rows that follow each other) may be written before their windows are read for the last time.
    /// </summary>
    Pixels,

    /// <summary>
    /// As <see cref="Pixels"/>, one position at a time and its channels ascending: when channel c is written, no channel up to c
    /// of its window is read again for this position.
    /// </summary>
    Channels,
}

/// <summary>
/// What a kernel's loops promise. The planner lays outputs over dying inputs on the strength of it: whoever reorders a kernel,
/// or has it write several positions at once, changes the declaration in its emitter, and the offsets follow.
/// </summary>
/// <param name="Pixels">Positions written at once.</param>
/// <param name="Rows">Whole output rows written at once; 0 where <paramref name="Pixels"/> says it.</param>
/// <param name="Backwards">Whether the kernel can also walk from the last position to the first (<c>p->backwards</c>).</param>
internal sealed record AccessOrder(AccessKind Kind, int Pixels = 1, int Rows = 0, bool Backwards = false)
{
    public static AccessOrder Unordered { get; } = new(AccessKind.Unordered);

    public static AccessOrder Elements { get; } = new(AccessKind.Elements);
}
