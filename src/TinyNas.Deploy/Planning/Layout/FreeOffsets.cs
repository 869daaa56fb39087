namespace TinyNas.Deploy;

/// <summary>The offsets that a storage can have beside those already placed.</summary>
internal static class FreeOffsets
{
    /// <summary>
    /// Ranges of offsets, ends included and multiples of the alignment, in ascending order; none where it does not fit into
    /// <paramref name="capacity"/> bytes.
    /// </summary>
    public static List<(int Low, int High)> Of(Storage storage, IReadOnlyList<Storage> placed, int capacity)
    {
        // Each neighbour forbids what lies strictly between two offsets.
        var forbidden = new List<(int Below, int Above)>();
        foreach (Storage p in placed)
        {
            if (!storage.LivesWith(p)) continue;
            Overlap from = storage.From(p);
            if (from.Below < from.Above - 1) forbidden.Add((p.Offset + from.Below, p.Offset + from.Above));
        }
        forbidden.Sort();
        var free = new List<(int, int)>();
        int low = 0, end = capacity - storage.Bytes;
        foreach (var (below, above) in forbidden)
        {
            Add(low, Math.Min(below, end));
            low = Math.Max(low, above);
        }
        Add(low, end);
        return free;

        void Add(int from, int to)
        {
            from = (from + storage.Alignment - 1) / storage.Alignment * storage.Alignment;
            if (to < from) return;
            free.Add((from, to / storage.Alignment * storage.Alignment));
        }
    }
}
