using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>The work of <see cref="Inheritance.Inherit"/>: channels of the child get an origin among the parent's, then every kernel is read off by origins.</summary>
internal sealed class InheritedNetwork
{
    private static readonly ulong Purpose = RandomStream.KeyOf("inheritance");

    private readonly TrainedNetwork parent;
    private readonly Network child;
    private readonly ChannelMap old, young;
    private readonly ulong seed;
    private readonly double noise;
    private readonly int?[] aligned;

    /// <summary>Channels of the child, by representative, and the parent's channel that each goes on with.</summary>
    private readonly Dictionary<int, int> origins = [];

    /// <summary>Channels of the child that are not the first of their origin.</summary>
    private readonly HashSet<int> repeated = [];

    public InheritedNetwork(TrainedNetwork parent, Network child, ulong seed, double noise)
    {
        if (parent.Network.Input.Channels != child.Input.Channels) throw new ArgumentException("Parent and child read other channels.", nameof(child));
        (this.parent, this.child, this.seed, this.noise) = (parent, child, seed, noise);
        (old, young) = (new ChannelMap(parent.Network), new ChannelMap(child));
        aligned = LayerAlignment.Of(parent.Network, child);
        int[] from = old.Of(-1), to = young.Of(-1);
        for (int c = 0; c < to.Length; c++) origins[to[c]] = from[c];
    }

    public TrainedNetwork Build()
    {
        var parameters = ImmutableArray.CreateBuilder<ImmutableDictionary<string, float[]>>();
        for (int i = 0; i < child.Layers.Length; i++)
        {
            AssignOrigins(i);
            parameters.Add(child.Layers[i] switch
            {
                Conv or Dense => Weights(i),
                BatchNorm => Normalisation(i),
                _ => ImmutableDictionary<string, float[]>.Empty,
            });
        }
        return new TrainedNetwork(child, parameters.ToImmutable());
    }

    /// <summary>Channels that layer <paramref name="i"/> makes get an origin, unless a join has given them one.</summary>
    private void AssignOrigins(int i)
    {
        if (!ChannelMap.Produces(child.Layers[i])) return;
        int[] made = young.Of(i), sources = aligned[i] is { } from ? Ranked(from, made.Length) : Read(i);
        for (int c = 0; c < made.Length; c++)
        {
            if (origins.ContainsKey(made[c])) continue;
            // A new layer over an unknown channel makes an unknown one.
            int source = sources[c % sources.Length];
            if (aligned[i] is null && !origins.TryGetValue(source, out source)) continue;
            if (made.Take(c).Any(earlier => origins.TryGetValue(earlier, out int taken) && taken == source)) repeated.Add(made[c]);
            origins[made[c]] = source;
        }
    }

    private int[] Read(int layer) => young.Of(child.InputsOf(layer)[0]);

    /// <summary>The parent's channels of a layer: all, or where there is room for fewer the ones with the largest filters, in their order.</summary>
    private int[] Ranked(int layer, int room)
    {
        int[] channels = old.Of(layer);
        if (room >= channels.Length) return channels;
        float[] kernel = parent.Parameters[layer]["kernel"];
        int[] kept = [.. Enumerable.Range(0, channels.Length).OrderByDescending(c => ChannelScores.Norm(kernel, channels.Length, c)).ThenBy(c => c).Take(room).Order()];
        return [.. kept.Select(c => channels[c])];
    }

    private ImmutableDictionary<string, float[]> Weights(int i)
    {
        KernelShape shape = KernelShape.Of(child, young, i);
        var random = RandomStream.Create(seed, Purpose, (ulong)i);
        float[] kernel = aligned[i] is { } from ? Continued(i, from, shape, ref random) : Passing(i, shape, ref random);
        var parameters = ImmutableDictionary<string, float[]>.Empty.Add("kernel", kernel);
        if (child.Layers[i] is Conv { Bias: false } or Dense { Bias: false }) return parameters;
        return parameters.Add("bias", PerChannel(i, "bias", 0));
    }

    private ImmutableDictionary<string, float[]> Normalisation(int i) => ImmutableDictionary<string, float[]>.Empty
        .Add("gamma", PerChannel(i, "gamma", 1)).Add("beta", PerChannel(i, "beta", 0)).Add("mean", PerChannel(i, "mean", 0)).Add("variance", PerChannel(i, "variance", 1));

    /// <summary>A parameter with one value per output channel.</summary>
    private float[] PerChannel(int i, string name, float otherwise)
    {
        int[] made = young.Of(i);
        if (aligned[i] is not { } from || !parent.Parameters[from].TryGetValue(name, out float[]? values)) return [.. made.Select(_ => otherwise)];
        int[] sources = old.Of(from);
        return [.. made.Select(channel => origins.TryGetValue(channel, out int origin) && Array.IndexOf(sources, origin) is >= 0 and var at ? values[at] : otherwise)];
    }

    /// <summary>From the parent's kernel: rows by the channels made, columns by those read, taps by their place around the middle.</summary>
    private float[] Continued(int i, int from, KernelShape shape, ref RandomStream random)
    {
        KernelShape before = KernelShape.Of(parent.Network, old, from);
        float[] source = parent.Parameters[from]["kernel"], kernel = shape.Random(ref random);
        int[] made = young.Of(i), makers = old.Of(from), columns = Columns(i, from, shape, before);
        double deviation = Deviation(source);
        for (int f = 0; f < made.Length; f++)
        {
            int row = origins.TryGetValue(made[f], out int origin) ? Array.IndexOf(makers, origin) : -1;
            if (row < 0) continue;
            double disturbed = repeated.Contains(made[f]) ? noise * deviation : 0;
            for (int tap = 0; tap < shape.Taps; tap++)
                for (int c = 0; c < shape.Columns; c++)
                {
                    int column = shape.Columns == 1 && before.Columns == 1 ? 0 : columns[c], place = before.TapAt(shape, tap);
                    if (column < 0) continue;
                    double value = place < 0 ? 0 : source[(row * before.Taps + place) * before.Columns + column] / (double)columns.Count(other => other == column);
                    if (disturbed > 0) value += disturbed * random.NextNormal();
                    kernel[(f * shape.Taps + tap) * shape.Columns + c] = (float)value;
                }
        }
        return kernel;
    }

    /// <summary>For each column of the child's kernel the parent's, or -1.</summary>
    private int[] Columns(int i, int from, KernelShape shape, KernelShape before)
    {
        if (shape.Columns == 1 && before.Columns == 1) return [0];
        int[] read = Read(i), sources = old.Of(parent.Network.InputsOf(from)[0]);
        return [.. Enumerable.Range(0, shape.Columns).Select(c =>
        {
            int column = origins.TryGetValue(read[c], out int origin) ? Array.IndexOf(sources, origin) : -1;
            // Where a layer between is gone, channels are taken by their place.
            return column >= 0 ? column : c < before.Columns && !sources.Any(s => origins.ContainsValue(s)) ? c : -1;
        })];
    }

    /// <summary>A new layer hands on what it reads, as far as it has filters; a dense layer over a map of several pixels cannot.</summary>
    private float[] Passing(int i, KernelShape shape, ref RandomStream random)
    {
        float[] kernel = shape.Random(ref random);
        if (shape.Middle is not { } middle) return kernel;
        int[] made = young.Of(i);
        double deviation = 1 / Math.Sqrt(shape.Taps * shape.Columns);
        for (int f = 0; f < made.Length; f++)
        {
            if (!origins.ContainsKey(made[f])) continue;
            double disturbed = repeated.Contains(made[f]) ? noise * deviation : 0;
            for (int tap = 0; tap < shape.Taps; tap++)
                for (int c = 0; c < shape.Columns; c++)
                {
                    bool own = tap == middle && (shape.Columns == 1 || c == f % shape.Columns);
                    kernel[(f * shape.Taps + tap) * shape.Columns + c] = (float)((own ? 1 : 0) + (disturbed > 0 ? disturbed * random.NextNormal() : 0));
                }
        }
        return kernel;
    }

    private static double Deviation(float[] values)
    {
        double sum = 0;
        foreach (float v in values) sum += (double)v * v;
        return Math.Sqrt(sum / Math.Max(1, values.Length));
    }
}
