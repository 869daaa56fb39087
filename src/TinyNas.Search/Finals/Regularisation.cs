using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// Dropout for the winner's training alone. A trial is short and its network small: it underfits, and dropout costs it
/// accuracy, the more the fewer features it has. Trained longer, a network with features to spare overfits instead.
/// </summary>
internal static class Regularisation
{
    /// <summary>NanoNAS's rate.</summary>
    private const double MostRate = 0.5;

    /// <summary>Features that remain on average; a network with fewer gets no dropout.</summary>
    private const double FeaturesKept = 16;

    /// <summary>The network with dropout before its last layer, if that is dense and reads the layer before it.</summary>
    public static Network ForLongTraining(Network network)
    {
        int last = network.Layers.Length - 1;
        if (last < 1 || network.Layers[last] is not Dense { Inputs.Length: 0 } || network.Layers.Any(l => l is Dropout)) return network;
        double rate = Math.Min(MostRate, 1 - FeaturesKept / network.Shapes()[last - 1].Count);
        return rate <= 0 ? network : network with { Layers = network.Layers.Insert(last, new Dropout(rate)) };
    }
}
