using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Seeded splits with every class on both sides in about its share. Where the data have groups, groups stay whole. The
/// same data and seed give the same split everywhere; indices come in ascending order.
/// </summary>
public static class Splitter
{
    /// <summary>Holds out about <paramref name="fraction"/> of each class: the nearest number of samples that leaves one on either side.</summary>
    /// <exception cref="TinyNasException">TNAS0106, or TNAS0110 with groups, where a class cannot be on both sides.</exception>
    public static DataSplit HoldOut(DataSet data, double fraction, ulong seed)
    {
        if (fraction is not (> 0 and < 1))
            throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "ValidationSplit", fraction, "a fraction between 0 and 1 is needed") { Setting = "ValidationSplit" };
        RequireSamples(data, 2);
        var stream = RandomStream.Create(seed, RandomStream.KeyOf("hold-out"));
        var held = new bool[data.Count];
        if (data.Groups is not null)
        {
            var groups = new GroupTable(data);
            bool[] taken = GroupSelection.Take(groups, data, fraction, ref stream);
            for (int i = 0; i < held.Length; i++) held[i] = taken[data.Groups[i]];
        }
        else
        {
            foreach (int[] members in ShuffledClasses(data, ref stream))
            {
                int count = Math.Clamp((int)Math.Floor(members.Length * fraction + 0.5), 1, members.Length - 1);
                foreach (int index in members.AsSpan(0, count)) held[index] = true;
            }
        }
        return SplitBy(data, index => held[index]);
    }

    /// <summary>Deals every sample to one of <paramref name="folds"/> validation sides; the others of a fold train.</summary>
    /// <exception cref="TinyNasException">TNAS0106 where a class has fewer samples than folds, TNAS0110 where groups are too few.</exception>
    public static DataSplit[] Folds(DataSet data, int folds, ulong seed)
    {
        if (folds < 2) throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Folds", folds, "at least 2 are needed") { Setting = "Folds" };
        RequireSamples(data, folds);
        var stream = RandomStream.Create(seed, RandomStream.KeyOf("folds"));
        var foldOf = new int[data.Count];
        if (data.Groups is not null)
        {
            int[] foldOfGroup = GroupSelection.Deal(new GroupTable(data), data, folds, ref stream);
            for (int i = 0; i < foldOf.Length; i++) foldOf[i] = foldOfGroup[data.Groups[i]];
        }
        else
        {
            // One deal through all classes: remainders of the classes do not pile up in the first folds.
            int dealt = 0;
            foreach (int[] members in ShuffledClasses(data, ref stream))
                foreach (int index in members) foldOf[index] = dealt++ % folds;
        }
        return [.. Enumerable.Range(0, folds).Select(f => SplitBy(data, index => foldOf[index] == f))];
    }

    private static void RequireSamples(DataSet data, int least)
    {
        var counts = new int[data.Labels.Length];
        foreach (int target in data.Targets) counts[target]++;
        for (int c = 0; c < counts.Length; c++)
            if (counts[c] < least) throw new TinyNasException(DiagnosticCatalogue.DataTooFew, data.Source, data.Labels[c], counts[c]) { Setting = "Data" };
    }

    private static int[][] ShuffledClasses(DataSet data, ref RandomStream stream)
    {
        int[][] classes = [.. Enumerable.Range(0, data.Labels.Length).Select(c => Enumerable.Range(0, data.Count).Where(i => data.Targets[i] == c).ToArray())];
        foreach (int[] members in classes) stream.Shuffle<int>(members);
        return classes;
    }

    private static DataSplit SplitBy(DataSet data, Func<int, bool> validates)
    {
        ILookup<bool, int> sides = Enumerable.Range(0, data.Count).ToLookup(validates);
        return new DataSplit([.. sides[false]], [.. sides[true]]);
    }
}
