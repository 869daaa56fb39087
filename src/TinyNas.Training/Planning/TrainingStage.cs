using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Layers that run as one: a head, and behind a batch normalisation the ReLU and the pooling that it takes along.
/// </summary>
internal sealed record TrainingStage(int First, Layer Head, bool WithRelu, MaxPool? Pool)
{
    /// <summary>Layer of the network whose output this stage's output is.</summary>
    public int Last => First + (WithRelu ? 1 : 0) + (Pool is null ? 0 : 1);

    public bool HasParameters => Head is Conv or Dense or BatchNorm;

    /// <summary>Cuts a chain of layers into stages.</summary>
    /// <exception cref="TinyNasException">TNAS0002: the network is not a chain, or has a layer that is not trained here yet.</exception>
    public static TrainingStage[] Cut(Network network)
    {
        var stages = new List<TrainingStage>();
        for (int i = 0; i < network.Layers.Length; i = stages[^1].Last + 1)
        {
            Check(network, i);
            Layer head = network.Layers[i];
            bool relu = head is BatchNorm && Next(network, i) is Relu;
            MaxPool? pool = head is BatchNorm ? Next(network, relu ? i + 1 : i) as MaxPool : null;
            stages.Add(new TrainingStage(i, head, relu, pool));
            for (int j = i + 1; j <= stages[^1].Last; j++) Check(network, j);
        }
        return [.. stages];
    }

    private static Layer? Next(Network network, int index) => index + 1 < network.Layers.Length ? network.Layers[index + 1] : null;

    private static void Check(Network network, int index)
    {
        Layer layer = network.Layers[index];
        if (network.InputsOf(index) is not [var from] || from != index - 1)
            throw Unsupported(layer, index, "a network that is no chain of layers is not implemented in this version");
        if (layer is Conv { Groups: not 1 } conv && (conv.Groups != conv.Filters || conv.Groups != InputOf(network, index).Channels))
            throw Unsupported(layer, index, "a convolution in groups other than one per channel is not implemented in this version");
        if (layer is not (Conv or BatchNorm or Relu or MaxPool or GlobalAveragePool or Dropout or Dense))
            throw Unsupported(layer, index, "training this layer is not implemented in this version");
    }

    private static Shape InputOf(Network network, int index) => index == 0 ? network.Input : network.Shapes()[index - 1];

    private static TinyNasException Unsupported(Layer layer, int index, string reason) =>
        new(DiagnosticCatalogue.MalformedValue, "Trainer", $"{layer.GetType().Name} (layer {index})", reason) { Setting = "Trainer" };
}
