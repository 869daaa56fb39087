using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Graphs with branches of random length that start at random maps; every end is an output.</summary>
internal static class RandomGraphs
{
    public static Graph Create(ulong seed)
    {
        var net = new NetworkBuilder(seed, 10, 12, 3);
        var maps = new List<int> { net.Current };
        var ends = new List<int>();
        int branches = 2 + net.Next(3);
        for (int b = 0; b < branches; b++)
        {
            net.From(maps[net.Next(maps.Count)]);
            int length = 1 + net.Next(4);
            for (int i = 0; i < length; i++)
            {
                if (net.Next(3) == 0) net.Pool(OperatorCode.MaxPool2D, 2, 2, 1, 1, net.Next(2) == 0 ? Padding.Same : Padding.Valid);
                else net.Conv(1 + net.Next(8), 3, 3);
                maps.Add(net.Current);
            }
            if (net.Next(2) == 0) net.Mean();
            ends.Add(net.Current);
        }
        return net.Build([.. ends.Distinct()]);
    }

    /// <summary>Branches of one map that widen and narrow, listed breadth first (the worst order), each summed up at its end.</summary>
    public static Graph Merging(ulong seed)
    {
        var net = new NetworkBuilder(seed, 5, 5, 2);
        int[] heads = [.. Enumerable.Repeat(net.Current, 2 + net.Next(2))];
        for (int layer = 0; layer < 2; layer++)
            for (int b = 0; b < heads.Length; b++)
            {
                net.From(heads[b]);
                if (layer == 0) net.Conv(1 + net.Next(8), 3, 3);
                else net.Conv(2, 1, 1);
                heads[b] = net.Current;
            }
        net.From(heads[0]);
        foreach (int head in heads.Skip(1)) net.Add(head);
        return net.Mean().Build();
    }

    /// <summary>Many branches of one map, every end an output: too many sets of steps to look at.</summary>
    public static Graph Wide(int branches)
    {
        var net = new NetworkBuilder(1, 6, 6, 2);
        int start = net.Current;
        var ends = new List<int>();
        int[] heads = new int[branches];
        for (int b = 0; b < branches; b++) heads[b] = net.From(start).Conv(2 + net.Next(6), 3, 3).Current;
        for (int b = 0; b < branches; b++) ends.Add(net.From(heads[b]).Conv(1, 3, 3).Mean().Current);
        return net.Build([.. ends]);
    }
}
