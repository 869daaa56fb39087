using System.Collections.Immutable;
using TinyNas.Data;

namespace TinyNas.Training;

/// <summary>How much each removable channel matters, by representative; what has no score is not to be removed.</summary>
internal static class ChannelScores
{
    /// <summary>Batches that Taylor importance is summed over.</summary>
    private const int Batches = 32;

    public static Dictionary<int, double> Of(PruningMethod method, TrainedNetwork trained, ChannelMap map, TrainingOptions options, ISampleSource samples) => method switch
    {
        PruningMethod.Magnitude => Magnitudes(trained, map),
        PruningMethod.BatchNorm => Means(map, i => map.Network.Layers[i] is BatchNorm ? c => Math.Abs(trained.Parameters[i]["gamma"][c]) : null),
        PruningMethod.Taylor => Taylor(trained, map, options, samples),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    /// <summary>Euclidean norm of row <paramref name="row"/> of a kernel with <paramref name="rows"/>.</summary>
    public static double Norm(ReadOnlySpan<float> kernel, int rows, int row)
    {
        double sum = 0;
        int length = kernel.Length / rows;
        foreach (float w in kernel.Slice(row * length, length)) sum += (double)w * w;
        return Math.Sqrt(sum);
    }

    private static Dictionary<int, double> Magnitudes(TrainedNetwork trained, ChannelMap map) => Means(map, i =>
    {
        if (!ChannelMap.Produces(map.Network.Layers[i])) return null;
        float[] kernel = trained.Parameters[i]["kernel"];
        double whole = kernel.Average(w => Math.Abs((double)w));
        int length = kernel.Length / map.Shapes[i].Channels;
        return c => kernel.AsSpan(c * length, length).ToArray().Average(w => Math.Abs((double)w)) / (whole > 0 ? whole : 1);
    });

    /// <summary>Mean over the layers that say something of a channel.</summary>
    private static Dictionary<int, double> Means(ChannelMap map, Func<int, Func<int, double>?> scoreOf)
    {
        var sums = new Dictionary<int, (double Sum, int Count)>();
        for (int i = 0; i < map.Shapes.Length; i++)
        {
            if (scoreOf(i) is not { } score) continue;
            int[] channels = map.Of(i);
            for (int c = 0; c < channels.Length; c++)
            {
                var (sum, count) = sums.GetValueOrDefault(channels[c]);
                sums[channels[c]] = (sum + score(c), count + 1);
            }
        }
        return map.Removable.Where(sums.ContainsKey).ToDictionary(g => g, g => sums[g].Sum / sums[g].Count);
    }

    private static Dictionary<int, double> Taylor(TrainedNetwork trained, ChannelMap map, TrainingOptions options, ISampleSource samples)
    {
        var importance = map.Removable.ToDictionary(g => g, _ => 0.0);
        GradientProbe.Run(trained, options, samples, Batches, (weights, gradients) =>
        {
            var batch = new Dictionary<int, double>();
            for (int i = 0; i < map.Shapes.Length; i++)
            {
                int[] channels = map.Of(i);
                foreach (var (name, values) in weights[i].OrderBy(p => p.Key, StringComparer.Ordinal))
                    if (gradients[i].TryGetValue(name, out float[]? g) && values.Length % channels.Length == 0)
                        for (int j = 0; j < values.Length; j++)
                        {
                            int channel = channels[(int)((long)j * channels.Length / values.Length)];
                            batch[channel] = batch.GetValueOrDefault(channel) + (double)values[j] * g[j];
                        }
            }
            foreach (var (channel, sum) in batch)
                if (importance.TryGetValue(channel, out double before)) importance[channel] = before + sum * sum;
        });
        return importance;
    }
}
