using System.Collections.Immutable;

namespace TinyNas.Training;

/// <summary>
/// A network with its parameters. Parameters of layer i are <c>Parameters[i]</c>, by name, row-major:
/// Conv: kernel [filters, kh, kw, in/groups], bias [filters] · ConvTranspose: kernel [in, kh, kw, filters], bias [filters] · BatchNorm: gamma, beta, mean, variance [channels] ·
/// Dense: kernel [units, inputs], bias [units]. Layers without parameters have an empty dictionary.
/// </summary>
public sealed record TrainedNetwork(Network Network, ImmutableArray<ImmutableDictionary<string, float[]>> Parameters);
