using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>The best epoch so far of a final training: which (from 1), its int8 accuracy, its weights.</summary>
public sealed record KeptEpoch(int Epoch, double Accuracy, TrainedNetwork Trained);
