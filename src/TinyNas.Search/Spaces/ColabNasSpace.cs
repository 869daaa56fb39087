using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// The ColabNAS space (Garavagno et al. 2024): NanoNAS's cells with a head of two dense layers, each followed by batch-norm. The first has as
/// many units as the last cell has filters, and a ReLU; the second gives the scores.
/// </summary>
public sealed class ColabNasSpace : ISearchSpace
{
    public string Name => "colabnas";

    public string Description => "NanoNAS's cells and a head of two dense layers with batch-norm; Garavagno et al. 2024.";

    public ParameterSet Parameters { get; } = NanoNasSpace.KernelsAndCells;

    public Configuration Smallest => NanoNasSpace.At(1, 0);

    public IEnumerable<Configuration> Frugal => NanoNasSpace.OneKernel;

    public Network? Build(Configuration configuration, Shape input, int outputs)
    {
        if (NanoNasSpace.Cells(configuration["k"], configuration["c"], input, NanoNasSpace.DefaultMomentum) is not { } layers) return null;
        layers.AddRange(
            new GlobalAveragePool(),
            new Dense(NanoNasSpace.Filters(configuration["k"], configuration["c"])[^1]), new BatchNorm(NanoNasSpace.DefaultMomentum), new Relu(),
            new Dense(outputs), new BatchNorm(NanoNasSpace.DefaultMomentum));
        return new Network(input, layers.ToImmutable());
    }
}
