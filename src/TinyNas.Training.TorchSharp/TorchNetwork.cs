using TinyNas.Model;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>A network with its weights on a device: from a batch and its targets to the loss and the gradients.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Network network;
    private readonly TorchLayer[] layers;
    private readonly TorchLoss loss;
    private readonly bool channelsInnermost;

    public TorchNetwork(Network network, TrainedNetwork? start, TrainingOptions options, Device device)
    {
        this.network = network;
        Shape[] shapes = network.Shapes();
        Weights = new WeightTensors(network, InitialWeights.Of(network, options.Seed, start), device);
        Statistics = new MovingStatistics(network, shapes, Weights, options.BatchSize, device);
        // libtorch has fast convolutions for maps with the channels innermost, but none for a handful of them.
        channelsInnermost = network.Layers.OfType<Conv>().All(conv => conv.Filters >= 8);
        var context = new TorchContext(Weights, Statistics, device, options.BatchSize, options.Seed, channelsInnermost);
        layers = [.. network.Layers.Select((_, i) =>
            TorchLayers.Create(network, i, [.. network.InputsOf(i).Select(from => from < 0 ? network.Input : shapes[from])], shapes[i], context))];
        loss = new TorchLoss(options);
    }

    public WeightTensors Weights { get; }

    public MovingStatistics Statistics { get; }

    /// <summary>Loss and its gradients, in the order of <see cref="WeightTensors.Leaves"/>. The caller's dispose scope holds what is made.</summary>
    public (double Loss, IList<Tensor> Gradients) ForwardBackward(TorchBatch batch, long step)
    {
        Tensor result = loss.Of(Forward(channelsInnermost ? batch.Input : batch.Input.contiguous(), step), batch);
        IList<Tensor> gradients = autograd.grad([result], Weights.Leaves);
        return (result.item<float>(), gradients);
    }

    public void Dispose()
    {
        foreach (TorchLayer layer in layers) layer.Dispose();
        Statistics.Dispose();
        Weights.Dispose();
    }

    private Tensor Forward(Tensor input, long step)
    {
        var values = new Tensor[layers.Length];
        for (int i = 0; i < layers.Length; i++)
            values[i] = layers[i].Forward([.. network.InputsOf(i).Select(from => from < 0 ? input : values[from])], step);
        return values[^1];
    }
}
