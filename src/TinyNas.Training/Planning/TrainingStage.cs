using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Layers that run as one: a head, and behind a batch normalisation the ReLU and the pooling that it takes along where nobody else
/// reads what is between them. Stages are in topological order; value 0 is the network's input, value i + 1 the output of stage i.
/// </summary>
/// <param name="First">Layer that is the head.</param>
/// <param name="Inputs">Values that the head reads.</param>
internal sealed record TrainingStage(int First, Layer Head, bool WithRelu, MaxPool? Pool, int[] Inputs)
{
    /// <summary>Layer of the network whose output this stage's output is.</summary>
    public int Last => First + (WithRelu ? 1 : 0) + (Pool is null ? 0 : 1);

    public bool HasParameters => Head is Conv or ConvTranspose or Dense or BatchNorm or Recurrent or IntegerLayer;

    /// <summary>Cuts a network into stages.</summary>
    /// <exception cref="TinyNasException">TNAS0002: a layer that is not trained here yet, that reads what comes after it, or that nobody reads.</exception>
    public static TrainingStage[] Cut(Network network)
    {
        int[] readers = Readers(network);
        var stages = new List<TrainingStage>();
        var values = new Dictionary<int, int> { [-1] = 0 };
        for (int i = 0; i < network.Layers.Length; i = stages[^1].Last + 1)
        {
            Layer head = network.Layers[i];
            bool relu = head is BatchNorm && Next(network, readers, i) is Relu;
            MaxPool? pool = head is BatchNorm ? Next(network, readers, relu ? i + 1 : i) as MaxPool : null;
            stages.Add(new TrainingStage(i, head, relu, pool, [.. network.InputsOf(i).Select(from => values[from])]));
            values[stages[^1].Last] = stages.Count;
        }
        return [.. stages];
    }

    /// <summary>How many read each layer, after a check of every layer.</summary>
    private static int[] Readers(Network network)
    {
        var readers = new int[network.Layers.Length];
        for (int i = 0; i < readers.Length; i++)
        {
            foreach (int from in network.InputsOf(i))
                if (from < -1 || from >= i) throw Unsupported(network, i, "it reads a layer that does not come before it");
                else if (from >= 0) readers[from]++;
        }
        Shape[] shapes = network.Shapes();
        for (int i = 0; i < readers.Length; i++)
        {
            Layer layer = network.Layers[i];
            int from = network.InputsOf(i)[0];
            if (readers[i] == 0 && i < readers.Length - 1) throw Unsupported(network, i, "no layer reads it");
            if (layer is Conv conv && (conv.Groups < 1 || conv.Filters % conv.Groups != 0 || (from < 0 ? network.Input : shapes[from]).Channels % conv.Groups != 0))
                throw Unsupported(network, i, "its groups do not divide its channels and filters");
            if (layer is Softmax && i == readers.Length - 1) throw Unsupported(network, i, "the loss applies the last softmax");
            if (layer is not (Conv or BatchNorm or Activation or MaxPool or AveragePool or GlobalAveragePool or Dropout or Dense
                or Add or Multiply or Concatenate or Pad or Upsample or Softmax or Recurrent or ConvTranspose or IntegerLayer))
                throw Unsupported(network, i, "training this layer is not implemented in this version");
        }
        return readers;
    }

    /// <summary>The layer behind <paramref name="index"/>, if it is the only one that reads it.</summary>
    private static Layer? Next(Network network, int[] readers, int index) =>
        index + 1 < readers.Length && readers[index] == 1 && network.InputsOf(index + 1) is [var from] && from == index ? network.Layers[index + 1] : null;

    private static TinyNasException Unsupported(Network network, int index, string reason) =>
        new(DiagnosticCatalogue.MalformedValue, "Trainer", $"{network.Layers[index].GetType().Name} (layer {index})", reason) { Setting = "Trainer" };
}
