namespace TinyNas.Data;

/// <summary>How many samples of each class each group holds.</summary>
internal sealed class GroupTable
{
    public GroupTable(DataSet data)
    {
        Classes = data.Labels.Length;
        Groups = data.Groups!.Max() + 1;
        counts = new int[Groups * Classes];
        Totals = new int[Classes];
        for (int i = 0; i < data.Count; i++)
        {
            counts[data.Groups![i] * Classes + data.Targets[i]]++;
            Totals[data.Targets[i]]++;
        }
    }

    private readonly int[] counts;

    public int Groups { get; }

    public int Classes { get; }

    /// <summary>Samples of each class in all groups.</summary>
    public int[] Totals { get; }

    public ReadOnlySpan<int> CountsOf(int group) => counts.AsSpan(group * Classes, Classes);
}
