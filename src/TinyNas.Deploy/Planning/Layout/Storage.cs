namespace TinyNas.Deploy;

/// <summary>
/// A run of bytes with a lifetime in steps (both ends included) that the arena must hold: one activation, or several tensors
/// that are the same bytes (RESHAPE), or the scratch of a step (<see cref="Tensors"/> is empty then).
/// </summary>
internal sealed class Storage(int bytes, int alignment, int first, int last)
{
    public int Bytes { get; } = bytes;
    public int Alignment { get; set; } = alignment;
    public int First { get; set; } = first;
    public int Last { get; set; } = last;
    public List<int> Tensors { get; } = [];
    public int Offset { get; set; } = -1;

    /// <summary>The storages that die as this one is written, where the two may share bytes.</summary>
    public List<(Storage Dying, Overlap Overlap)> Over { get; } = [];

    /// <summary>Where this may begin, counted from the beginning of another that lives at the same time.</summary>
    public Overlap From(Storage other)
    {
        foreach (var (dying, overlap) in Over)
            if (dying == other) return overlap;
        foreach (var (dying, overlap) in other.Over)
            if (dying == this) return new Overlap(-overlap.Above, -overlap.Below);
        return Overlap.None(other.Bytes, Bytes);
    }

    public bool LivesWith(Storage other) => First <= other.Last && other.First <= Last;
}
