using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>The winner, trained at length.</summary>
/// <param name="Epoch">The epoch that was kept, counting from 1.</param>
/// <param name="Validation">Int8, on the whole validation side.</param>
/// <param name="ValidationFloat">The same before quantisation.</param>
public sealed record FinalResult(
    Graph Graph, TrainedNetwork Trained, int Epoch, int Epochs, ConfusionMatrix Validation, ConfusionMatrix ValidationFloat)
{
    /// <summary>Channels that could be removed, and that were; null without pruning.</summary>
    public (int Before, int Removed)? Channels { get; init; }
}
