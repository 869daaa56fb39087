using System.Collections.Immutable;

namespace TinyNas.Search;

/// <summary>How often each class (row) was taken for each (column).</summary>
public sealed record ConfusionMatrix(ImmutableArray<ImmutableArray<int>> Rows)
{
    public int Total => Rows.Sum(row => row.Sum());

    public int Correct => Rows.Select((row, i) => row[i]).Sum();

    /// <summary>Correct over total; 0 where nothing was classified.</summary>
    public double Accuracy => Total == 0 ? 0 : (double)Correct / Total;

    internal static ConfusionMatrix Of(int classes, IEnumerable<int[]> counts)
    {
        var sum = new int[classes * classes];
        foreach (int[] part in counts)
            for (int i = 0; i < sum.Length; i++) sum[i] += part[i];
        return new([.. Enumerable.Range(0, classes).Select(r => ImmutableArray.Create(sum, r * classes, classes))]);
    }
}
