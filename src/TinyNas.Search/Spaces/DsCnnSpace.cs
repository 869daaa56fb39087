using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// Depthwise separable networks for keyword spotting (Zhang et al. 2017, "Hello Edge"): a wide first convolution, blocks of a 3×3
/// depthwise and a 1×1 convolution of the same width, global average pooling, one dense layer; batch-norm and ReLU after each convolution. Published
/// are 64, 172 and 276 filters with 4, 4 and 5 blocks after a 10×4 convolution. Windows (height 1) get kernels of height 1.
/// </summary>
public sealed class DsCnnSpace : ISearchSpace
{
    /// <summary>The published first kernel is no wider than this.</summary>
    private const int MostColumns = 4;

    public string Name => "dscnn";

    public string Description => "A wide first convolution, then depthwise separable blocks of one width; Zhang et al. 2017.";

    public ParameterSet Parameters { get; } = new(
        new IntegerParameter("filters", 4, 276) { IsLogarithmic = true, Strides = [1, 4, 16] },
        new IntegerParameter("blocks", 1, 6),
        new ChoiceParameter("kernel", 3, 5, 10),
        new ChoiceParameter("stride", 1, 2));

    public ImmutableArray<string> Scales => ["stride"];

    public Configuration Smallest => new(("filters", 4), ("blocks", 1), ("kernel", 3), ("stride", 2));

    public Network? Build(Configuration configuration, Shape input, int outputs)
    {
        if (!Parameters.Contains(configuration)) return null;
        var blocks = new ConvolutionBlocks(input);
        int filters = configuration["filters"], kernel = configuration["kernel"];
        bool isWindow = input.Height == 1;
        blocks.Convolve(filters, kernel, isWindow ? kernel : Math.Min(kernel, MostColumns), configuration["stride"]);
        blocks.Activate(new Relu());
        for (int i = 0; i < configuration["blocks"]; i++)
        {
            blocks.ConvolveDepthwise(3, 1);
            blocks.Activate(new Relu());
            blocks.Convolve(filters, 1, 1, 1);
            blocks.Activate(new Relu());
        }
        return blocks.Classify(outputs);
    }
}
