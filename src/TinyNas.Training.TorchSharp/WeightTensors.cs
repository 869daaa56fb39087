using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>
/// All weights side by side in one tensor, so that the optimiser is a few operations however many layers there are; the layers see
/// parts of it, in the layout of <see cref="TrainedNetwork"/>. Moving statistics stand in a second one.
/// </summary>
internal sealed class WeightTensors : IDisposable
{
    private readonly ImmutableArray<InitialParameter> parameters;
    private readonly int[] offsets;
    private readonly Tensor?[] leaves;

    public WeightTensors(Network network, ImmutableArray<InitialParameter> parameters, Device device)
    {
        this.parameters = parameters;
        offsets = new int[parameters.Length];
        leaves = new Tensor?[parameters.Length];
        Values = Concatenated(trained: true, device);
        Statistics = Concatenated(trained: false, device);
        for (int i = 0; i < parameters.Length; i++)
            if (parameters[i].Trained) leaves[i] = Leaf(offsets[i], Shape(network.Layers[parameters[i].Layer], parameters[i]));
        Leaves = [.. leaves.OfType<Tensor>()];
    }

    public Tensor Values { get; }

    /// <summary>Moving statistics, in the order of <see cref="StatisticOf"/>.</summary>
    public Tensor Statistics { get; }

    /// <summary>What gradients are asked for: parts of <see cref="Values"/>, in its order.</summary>
    public Tensor[] Leaves { get; }

    /// <summary>Convolution: [filters, height, width, in / groups]; transposed: [in, height, width, filters]; dense: [units, inputs]; recurrent: [gates × units, inputs or units]; null: the layer has no such parameter.</summary>
    public Tensor? Of(int layer, string name) => Find(layer, name) is >= 0 and var index ? leaves[index] : null;

    /// <summary>Where a statistic begins in <see cref="Statistics"/>.</summary>
    public int StatisticOf(int layer, string name) => offsets[Find(layer, name)];

    /// <param name="values">What stands for the weights: themselves or their average.</param>
    public TrainedNetwork Snapshot(Network network, Tensor values)
    {
        var layers = Enumerable.Repeat(ImmutableDictionary<string, float[]>.Empty, network.Layers.Length).ToArray();
        float[] weights = values.ToFloats(), statistics = Statistics.ToFloats();
        for (int i = 0; i < parameters.Length; i++)
        {
            InitialParameter p = parameters[i];
            layers[p.Layer] = layers[p.Layer].Add(p.Name, (p.Trained ? weights : statistics).AsSpan(offsets[i], p.Values.Length).ToArray());
        }
        return new TrainedNetwork(network, [.. layers]);
    }

    /// <summary>0 for the kernels' weights that are zero, 1 for all others: what pruning removed must not come back.</summary>
    public Tensor NotZero()
    {
        float[] weights = Values.ToFloats();
        var mask = new float[weights.Length];
        Array.Fill(mask, 1);
        for (int i = 0; i < parameters.Length; i++)
            for (int j = offsets[i]; parameters[i] is { Trained: true, Name: "kernel" } && j < offsets[i] + parameters[i].Values.Length; j++)
                if (weights[j] == 0) mask[j] = 0;
        Tensor result = Values.clone();
        result.Fill(mask);
        return result;
    }

    public void Dispose()
    {
        foreach (Tensor leaf in Leaves) leaf.Dispose();
        Values.Dispose();
        Statistics.Dispose();
    }

    private int Find(int layer, string name)
    {
        for (int i = 0; i < parameters.Length; i++)
            if (parameters[i].Layer == layer && parameters[i].Name == name) return i;
        return -1;
    }

    private Tensor Concatenated(bool trained, Device device)
    {
        var all = new List<float>();
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Trained != trained) continue;
            offsets[i] = all.Count;
            all.AddRange(parameters[i].Values);
        }
        Tensor tensor = zeros([all.Count], float32, device);
        tensor.Fill(CollectionsMarshal.AsSpan(all));
        return tensor;
    }

    /// <summary>Detached, it is a variable of its own for gradients, and the memory is still that of <see cref="Values"/>.</summary>
    private Tensor Leaf(int offset, long[] shape)
    {
        using Tensor part = Values.narrow(0, offset, shape.Aggregate(1L, (a, b) => a * b));
        using Tensor view = part.view(shape);
        return view.detach().requires_grad_(true);
    }

    private static long[] Shape(Layer owner, InitialParameter parameter)
    {
        long count = parameter.Values.Length;
        return (owner, parameter.Name) switch
        {
            (Conv conv, "kernel") => [conv.Filters, conv.KernelHeight, conv.KernelWidth, count / (conv.Filters * conv.KernelHeight * conv.KernelWidth)],
            (ConvTranspose conv, "kernel") => [count / (conv.Filters * conv.KernelHeight * conv.KernelWidth), conv.KernelHeight, conv.KernelWidth, conv.Filters],
            (Dense dense, "kernel") => [dense.Units, count / dense.Units],
            (Recurrent layer, "recurrent") => [count / layer.Units, layer.Units],
            (Lstm layer, "kernel") => [4 * layer.Units, count / (4 * layer.Units)],
            (Gru layer, "kernel") => [3 * layer.Units, count / (3 * layer.Units)],
            (FastGrnn layer, "kernel") => [layer.Units, count / layer.Units],
            _ => [count],
        };
    }
}
