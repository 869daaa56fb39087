using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp;

/// <summary>What layers need while they are laid out.</summary>
/// <param name="ChannelsInnermost">How maps lie in memory.</param>
internal sealed record TorchContext(WeightTensors Weights, MovingStatistics Statistics, Device Device, int BatchSize, ulong Seed, bool ChannelsInnermost);
