using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// Cells of several kinds on NanoNAS's schedule of filters (ENAS of the Edge Intelligence Lab, 2026): k filters in the first 3×3
/// convolution, then one to six cells, each a standard convolution, a depthwise separable one or an inverted bottleneck that
/// expands by 1 or 2, with a kernel of 3 or 5, a stride of 1 or 2, with or without a skip connection, with ReLU or ReLU6; batch-norm
/// after each convolution. Global average pooling, one dense layer.
/// <para>
/// Two readings are ours: the stride takes the place of NanoNAS's pool, and needs something to leave out; a skip connection over a change
/// of size or filters goes through a 1×1 convolution.
/// </para>
/// </summary>
public sealed class EnasSpace : ISearchSpace
{
    private const int MostCells = 6;

    /// <summary>Values of the parameter block.</summary>
    private const int Separable = 1, Bottleneck = 2;

    public string Name => "enas";

    public string Description => "Up to six cells, each standard, separable or inverted bottleneck, with kernel, stride, skip and activation of its own; ENAS 2026.";

    public ParameterSet Parameters { get; } = new(
    [
        new IntegerParameter("k", 1, 16) { IsLogarithmic = true },
        new IntegerParameter("cells", 1, MostCells),
        .. Enumerable.Range(1, MostCells).SelectMany(Cell),
    ]);

    public Configuration Smallest => new(("k", 1), ("cells", 1), ("block1", Separable), ("kernel1", 3), ("stride1", 2), ("skip1", 0), ("relu6_1", 0));

    public Network? Build(Configuration configuration, Shape input, int outputs)
    {
        if (!Parameters.Contains(configuration)) return null;
        int cells = configuration["cells"];
        ImmutableArray<int> filters = NanoNasSpace.Filters(configuration["k"], cells);
        var blocks = new ConvolutionBlocks(input);
        blocks.Convolve(filters[0], 3, 3, 1);
        blocks.Activate(new Relu());
        for (int i = 1; i <= cells; i++)
        {
            if (configuration[$"stride{i}"] > 1 && !blocks.CanStride) return null;
            AppendCell(blocks, configuration, i, filters[i]);
        }
        return blocks.Classify(outputs);
    }

    private static void AppendCell(ConvolutionBlocks blocks, Configuration configuration, int i, int filters)
    {
        int kernel = configuration[$"kernel{i}"], stride = configuration[$"stride{i}"], block = configuration[$"block{i}"];
        Layer activation = configuration[$"relu6_{i}"] == 1 ? new Relu6() : new Relu();
        int before = blocks.Last;
        Shape shape = blocks.Shape;
        if (block == Bottleneck && configuration[$"expand{i}"] > 1)
        {
            blocks.Convolve(shape.Channels * configuration[$"expand{i}"], 1, 1, 1);
            blocks.Activate(activation);
        }
        if (block is Separable or Bottleneck)
        {
            blocks.ConvolveDepthwise(kernel, stride);
            blocks.Activate(activation);
            blocks.Convolve(filters, 1, 1, 1);
        }
        else blocks.Convolve(filters, kernel, kernel, stride);
        // An inverted bottleneck ends linearly (Sandler et al. 2018).
        if (block != Bottleneck) blocks.Activate(activation);
        if (configuration[$"skip{i}"] == 1) blocks.AddSkip(before, shape, stride);
    }

    private static IEnumerable<Parameter> Cell(int i)
    {
        Condition exists = Condition.AtLeast("cells", i);
        yield return new ChoiceParameter($"block{i}", 0, Separable, Bottleneck) { When = exists };
        yield return new ChoiceParameter($"kernel{i}", 3, 5) { When = exists };
        yield return new ChoiceParameter($"stride{i}", 2, 1) { When = exists };
        yield return new ChoiceParameter($"skip{i}", 0, 1) { When = exists };
        yield return new ChoiceParameter($"relu6_{i}", 0, 1) { When = exists };
        yield return new ChoiceParameter($"expand{i}", 1, 2) { When = Condition.Is($"block{i}", Bottleneck) };
    }
}
