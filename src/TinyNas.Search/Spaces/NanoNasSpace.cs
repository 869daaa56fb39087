using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// The NanoNAS space (Garavagno et al. 2024): k filters in the first convolution, c cells of max-pooling and convolution
/// after it, global average pooling, one dense layer. Each convolution is followed by batch-norm and ReLU; filters grow
/// by a factor that falls from 2 towards 1 (<see cref="Filters"/>).
/// <para>A window (height 1) gets the same network along time: kernels 1×3, pools 1×2.</para>
/// <para>
/// Two departures from the published network, both because the networks and trainings here are small. Batch-norm
/// averages its statistics with momentum 0.9: a trial may take some hundred steps, and 0.99 remembers the untrained
/// network for several hundred. There is no dropout before the dense layer (0.5 published): with 5 to 40 features it costs a
/// short training more than it gives; a long one adds it, see <see cref="Regularisation"/>.
/// </para>
/// </summary>
public sealed class NanoNasSpace : ISearchSpace
{
    internal const double DefaultMomentum = 0.9;

    /// <summary>The published loop goes as far as the budget lets it; strategies that draw from ranges get twice ENAS's 16 filters, and cells for windows of 1024.</summary>
    internal static readonly ParameterSet KernelsAndCells = new(new IntegerParameter("k", 1, 32) { IsLogarithmic = true }, new IntegerParameter("c", 0, 10));

    public double BatchNormMomentum { get; init; } = DefaultMomentum;

    public string Name => "nanonas";

    public string Description => "k filters in the first 3x3 convolution, c pooled cells after it (1x3 along time for windows); Garavagno et al. 2024.";

    public Configuration Smallest => At(1, 0);

    public ParameterSet Parameters => KernelsAndCells;

    /// <summary>More cells than any input has room for: each halves it.</summary>
    internal const int CellLimit = 30;

    public IEnumerable<Configuration> Frugal => OneKernel;

    /// <summary>A convolution that is pooled right away never leaves its full map in RAM, so (1, 1) can need less of it than (1, 0).</summary>
    internal static IEnumerable<Configuration> OneKernel => Enumerable.Range(0, CellLimit).Select(c => At(1, c));

    public static Configuration At(int k, int c) => new(("k", k), ("c", c));

    /// <summary>Filters of the first convolution and of each cell: n0 = k, n(i) = ceil(n(i-1) m(i)), m(1) = 2, m(i+1) = m(i) - 2^-i.</summary>
    public static ImmutableArray<int> Filters(int k, int c)
    {
        var filters = ImmutableArray.CreateBuilder<int>(c + 1);
        filters.Add(k);
        double growth = 2, step = 0.5;
        for (int i = 1; i <= c; i++)
        {
            filters.Add((int)Math.Ceiling(filters[i - 1] * growth));
            growth -= step;
            step /= 2;
        }
        return filters.MoveToImmutable();
    }

    public Network? Build(Configuration configuration, Shape input, int outputs)
    {
        if (Cells(configuration["k"], configuration["c"], input, BatchNormMomentum) is not { } layers) return null;
        layers.AddRange(new GlobalAveragePool(), new Dense(outputs));
        return new Network(input, layers.ToImmutable());
    }

    /// <summary>The network without its head, or null where it is structurally impossible.</summary>
    internal static ImmutableArray<Layer>.Builder? Cells(int k, int c, Shape input, double momentum)
    {
        if (k < 1 || c < 0 || c > MostCells(input)) return null;
        bool isWindow = input.Height == 1;
        int vertical = isWindow ? 1 : 2;

        var layers = ImmutableArray.CreateBuilder<Layer>();
        foreach (int filters in Filters(k, c))
        {
            if (layers.Count > 0) layers.Add(new MaxPool(vertical, 2));
            layers.Add(new Conv(filters, isWindow ? 1 : 3, 3));
            layers.Add(new BatchNorm(momentum));
            layers.Add(new Relu());
        }
        return layers;
    }

    /// <summary>A cell needs something to pool: more than one row (unless a window) and more than one column.</summary>
    private static int MostCells(Shape input)
    {
        int cells = 0;
        bool isWindow = input.Height == 1;
        for (int height = input.Height, width = input.Width; width > 1 && (isWindow || height > 1); height /= 2, width /= 2) cells++;
        return cells;
    }
}
