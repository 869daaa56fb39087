namespace TinyNas.Deploy;

/// <summary>
/// Gives every storage an offset so that storages alive at the same step keep the distances their <see cref="Overlap"/> asks for.
/// </summary>
internal static class ArenaLayout
{
    /// <summary>No layout can be smaller: the most bytes that any step needs at once.</summary>
    public static int LowerBound(IReadOnlyList<Storage> storages) => BytesByStep(storages).Max();

    /// <summary>The bytes that each step needs at once, and what is left after the last.</summary>
    public static int[] BytesByStep(IReadOnlyList<Storage> storages)
    {
        int steps = 1 + storages.Max(s => s.Last);
        var alive = new int[steps];
        foreach (Storage s in storages)
            for (int t = s.First; t <= s.Last; t++) alive[t] += s.Bytes;
        foreach (Storage born in storages.Where(s => s.Over.Count > 0))
        {
            // Of several dying inputs the output may lie over all: then only they count.
            int spared = born.Bytes;
            if (born.Over.Count == 1) spared += born.Over[0].Dying.Bytes - born.Over[0].Overlap.Extent(born.Over[0].Dying.Bytes, born.Bytes);
            alive[born.First] -= spared;
        }
        return alive;
    }

    /// <summary>The size of the smallest arena found; offsets are left in the storages.</summary>
    public static int Place(IReadOnlyList<Storage> storages)
    {
        Storage[] born = [.. storages.OrderBy(s => s.First).ThenBy(s => s.Last)];
        int low = LowerBound(storages), high = LowestOffset(born);
        int[] best = [.. born.Select(s => s.Offset)];
        foreach (IEnumerable<Storage> order in (IEnumerable<Storage>[])[storages.OrderByDescending(s => s.Bytes), storages.OrderByDescending(s => s.Last - s.First)])
        {
            if (high == low) break;
            Keep(LowestOffset(order));
        }
        for (int attempt = low; high > low && born.Length <= ArenaSearch.MostStorages; attempt = low + (high - low) / 2)
        {
            if (new ArenaSearch(born, attempt).Run()) Keep(born.Max(s => s.Offset + s.Bytes));
            else low = attempt + 1;
        }
        for (int i = 0; i < born.Length; i++) born[i].Offset = best[i];
        return high;

        void Keep(int size)
        {
            if (size >= high) return;
            high = size;
            for (int i = 0; i < born.Length; i++) best[i] = born[i].Offset;
        }
    }

    /// <summary>Each in turn at the lowest offset that is free; the size that results.</summary>
    public static int LowestOffset(IEnumerable<Storage> order)
    {
        var placed = new List<Storage>();
        int size = 0;
        foreach (Storage storage in order)
        {
            storage.Offset = FreeOffsets.Of(storage, placed, int.MaxValue)[0].Low;
            placed.Add(storage);
            size = Math.Max(size, storage.Offset + storage.Bytes);
        }
        return size;
    }
}
