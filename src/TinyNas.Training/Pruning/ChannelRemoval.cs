using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Takes channels out of a trained network: every layer that gives or reads them becomes smaller, and nothing is left of them.</summary>
internal static class ChannelRemoval
{
    /// <param name="removed">Representatives, as <see cref="ChannelMap.Removable"/> gives them.</param>
    public static TrainedNetwork Without(TrainedNetwork trained, ChannelMap map, IReadOnlySet<int> removed)
    {
        Network network = trained.Network;
        var layers = ImmutableArray.CreateBuilder<Layer>();
        var parameters = ImmutableArray.CreateBuilder<ImmutableDictionary<string, float[]>>();
        for (int i = 0; i < network.Layers.Length; i++)
        {
            int from = network.InputsOf(i)[0];
            int[] kept = Kept(map.Of(i), removed), read = Kept(map.Of(from), removed);
            Shape input = from < 0 ? network.Input : map.Shapes[from];
            layers.Add(network.Layers[i] switch
            {
                Conv { Groups: 1 } conv => conv with { Filters = kept.Length },
                Conv conv when conv.Groups == input.Channels => conv with { Filters = kept.Length, Groups = read.Length },
                Dense dense => dense with { Units = kept.Length },
                Layer other => other,
            });
            parameters.Add(trained.Parameters[i].ToImmutableDictionary(p => p.Key, p => Slice(network.Layers[i], p.Key, p.Value, kept, read, input)));
        }
        return new TrainedNetwork(network with { Layers = layers.ToImmutable() }, parameters.ToImmutable());
    }

    private static int[] Kept(int[] channels, IReadOnlySet<int> removed) =>
        [.. Enumerable.Range(0, channels.Length).Where(c => !removed.Contains(channels[c]))];

    private static float[] Slice(Layer layer, string name, float[] values, int[] kept, int[] read, Shape input)
    {
        if (layer is not (Conv or Dense or BatchNorm)) return values;
        if (name != "kernel") return [.. kept.Select(c => values[c])];
        // Kernels end in the channels they read: [filters, taps, channels], a dense one [units, pixels, channels].
        bool depthwise = layer is Conv { Groups: > 1 };
        int channels = depthwise ? 1 : input.Channels;
        int[] columns = depthwise ? [0] : read;
        int filters = layer is Conv conv ? conv.Filters : ((Dense)layer).Units, row = values.Length / filters, taps = row / channels;
        var result = new float[kept.Length * taps * columns.Length];
        int at = 0;
        foreach (int filter in kept)
            for (int tap = 0; tap < taps; tap++)
                foreach (int column in columns) result[at++] = values[filter * row + tap * channels + column];
        return result;
    }
}
