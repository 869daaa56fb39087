namespace TinyNas.Deploy;

/// <summary>
/// Gives every group of storages one offset so that no two bytes alive at the same step coincide. The members of a group are
/// written over each other and so begin at the same byte.
/// </summary>
internal static class ArenaLayout
{
    /// <summary>No layout of these groups can be smaller: the most bytes alive at any step.</summary>
    public static int LowerBound(IReadOnlyList<List<Storage>> groups)
    {
        int steps = 1 + groups.Max(g => g.Max(s => s.Last)), bound = 0;
        for (int t = 0; t < steps; t++)
        {
            int alive = 0;
            foreach (List<Storage> group in groups)
            {
                int bytes = 0;
                foreach (Storage s in group)
                    if (s.First <= t && t <= s.Last) bytes = Math.Max(bytes, s.Bytes);
                alive += bytes;
            }
            bound = Math.Max(bound, alive);
        }
        return bound;
    }

    /// <summary>The smallest arena of several placements; offsets are left in the storages.</summary>
    public static int Place(IReadOnlyList<List<Storage>> groups)
    {
        int bound = LowerBound(groups), best = int.MaxValue;
        int[]? offsets = null;
        foreach (Func<int> attempt in Attempts(groups, bound))
        {
            int size = attempt();
            if (size >= best) continue;
            best = size;
            offsets = [.. groups.Select(g => g[0].Offset)];
            if (best == bound) break;
        }
        for (int i = 0; i < groups.Count; i++)
            foreach (Storage s in groups[i]) s.Offset = offsets![i];
        return best;
    }

    private static IEnumerable<Func<int>> Attempts(IReadOnlyList<List<Storage>> groups, int bound)
    {
        yield return () => TwoEnded(groups.OrderBy(Begin), bound);
        yield return () => LowestOffset(groups.OrderByDescending(Size).ThenBy(Begin));
        yield return () => LowestOffset(groups.OrderBy(Begin).ThenByDescending(Size));
        yield return () => LowestOffset(groups.OrderByDescending(Duration).ThenByDescending(Size));
        yield return () => LowestOffset(groups.OrderByDescending(g => (long)Duration(g) * Size(g)));
        yield return () => TwoEnded(groups.OrderByDescending(Size).ThenBy(Begin), bound);
    }

    private static int Size(List<Storage> group) => group.Max(s => s.Bytes);

    private static int Begin(List<Storage> group) => group.Min(s => s.First);

    private static int Duration(List<Storage> group) => group.Max(s => s.Last) - Begin(group) + 1;

    /// <summary>Each in turn at the lowest offset that is free; the size that results.</summary>
    public static int LowestOffset(IEnumerable<List<Storage>> order)
    {
        var placed = new List<Storage>();
        int size = 0;
        foreach (List<Storage> group in order)
        {
            int offset = Lowest(group, placed, int.MaxValue);
            Settle(group, offset, placed);
            size = Math.Max(size, offset + Size(group));
        }
        return size;
    }

    /// <summary>
    /// Fills an arena of exactly <paramref name="capacity"/> bytes from both ends in turn. A chain, where only neighbours live
    /// together, always succeeds: one neighbour ends at the top, the other begins at the bottom.
    /// </summary>
    private static int TwoEnded(IEnumerable<List<Storage>> order, int capacity)
    {
        var placed = new List<Storage>();
        bool top = false;
        foreach (List<Storage> group in order)
        {
            int offset = top ? Highest(group, placed, capacity) : Lowest(group, placed, capacity);
            if (offset < 0) return int.MaxValue;
            Settle(group, offset, placed);
            top = !top;
        }
        return capacity;
    }

    private static void Settle(List<Storage> group, int offset, List<Storage> placed)
    {
        foreach (Storage s in group) s.Offset = offset;
        placed.AddRange(group);
    }

    private static int Lowest(List<Storage> group, List<Storage> placed, int capacity)
    {
        int offset = 0, alignment = group.Max(s => s.Alignment), size = Size(group);
        while (Obstacle(group, placed, offset) is { } obstacle)
            offset = AlignUp(obstacle.Above, alignment);
        return offset > capacity - size ? -1 : offset;
    }

    private static int Highest(List<Storage> group, List<Storage> placed, int capacity)
    {
        int alignment = group.Max(s => s.Alignment), offset = (capacity - Size(group)) / alignment * alignment;
        while (offset >= 0 && Obstacle(group, placed, offset) is { } obstacle)
            offset = obstacle.Below < 0 ? -1 : obstacle.Below / alignment * alignment;
        return offset;
    }

    /// <summary>Something placed that the group would touch at this offset, and the nearest offsets above and below that clear it.</summary>
    private static (int Above, int Below)? Obstacle(List<Storage> group, List<Storage> placed, int offset)
    {
        foreach (Storage s in group)
            foreach (Storage p in placed)
                if (s.LivesWith(p) && offset < p.Offset + p.Bytes && p.Offset < offset + s.Bytes)
                    return (p.Offset + p.Bytes, p.Offset - s.Bytes);
        return null;
    }

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
