namespace TinyNas.Training;

/// <summary>Which channels go: the least scores of all layers together, as long as a layer keeps enough.</summary>
internal static class ChannelSelection
{
    /// <summary>A layer keeps at least this share of its channels, and one.</summary>
    private const double LeastKept = 0.2;

    /// <param name="count">Channels to remove; fewer are where the layers have no more to give.</param>
    public static HashSet<int> Least(ChannelMap map, IReadOnlyDictionary<int, double> scores, int count)
    {
        var layers = Enumerable.Range(0, map.Shapes.Length).Where(i => ChannelMap.Produces(map.Network.Layers[i])).Select(map.Of).ToArray();
        int[] left = [.. layers.Select(l => l.Length)], least = [.. layers.Select(l => Math.Max(1, (int)Math.Ceiling(LeastKept * l.Length)))];
        var removed = new HashSet<int>();
        // Of equal scores the later channel goes first, so that the result is one.
        foreach (int channel in map.Removable.Where(scores.ContainsKey).OrderBy(c => scores[c]).ThenByDescending(c => c))
        {
            if (removed.Count >= count) break;
            int[] touched = [.. Enumerable.Range(0, layers.Length).Where(l => layers[l].Contains(channel))];
            if (touched.Any(l => left[l] - layers[l].Count(c => c == channel) < least[l])) continue;
            foreach (int l in touched) left[l] -= layers[l].Count(c => c == channel);
            removed.Add(channel);
        }
        return removed;
    }
}
