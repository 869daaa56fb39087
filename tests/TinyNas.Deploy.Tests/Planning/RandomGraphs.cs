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
}
