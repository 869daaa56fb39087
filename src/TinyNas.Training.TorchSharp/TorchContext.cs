using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>What layers need while they are laid out.</summary>
internal sealed record TorchContext(WeightTensors Weights, MovingStatistics Statistics, Device Device, int BatchSize, ulong Seed);
