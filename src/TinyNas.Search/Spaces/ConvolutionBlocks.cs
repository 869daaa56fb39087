using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// Puts a convolutional network together: convolutions with same padding, each followed by batch-norm. A window (height 1) gets
/// kernels and strides of height 1.
/// </summary>
internal sealed class ConvolutionBlocks(Shape input)
{
    private readonly ImmutableArray<Layer>.Builder layers = ImmutableArray.CreateBuilder<Layer>();
    private readonly Shape start = input;
    private readonly bool isWindow = input.Height == 1;

    /// <summary>What the next layer reads.</summary>
    public Shape Shape { get; private set; } = input;

    /// <summary>Index of the layer that the next one reads; -1 is the network's input.</summary>
    public int Last => layers.Count - 1;

    /// <summary>Whether a stride of 2 leaves something out.</summary>
    public bool CanStride => Shape.Width > 1 && (isWindow || Shape.Height > 1);

    public void Convolve(int filters, int rows, int columns, int stride) => Append(
        new Conv(filters, isWindow ? 1 : rows, columns) { StrideHeight = isWindow ? 1 : stride, StrideWidth = stride });

    public void ConvolveDepthwise(int kernel, int stride) => Append(
        new Conv(Shape.Channels, isWindow ? 1 : kernel, kernel) { StrideHeight = isWindow ? 1 : stride, StrideWidth = stride, Groups = Shape.Channels });

    public void Activate(Layer activation) => layers.Add(activation);

    /// <summary>Adds what layer <paramref name="before"/> gave, of shape <paramref name="shape"/>, to what the last one gives; through a 1×1 convolution where the shapes differ.</summary>
    public void AddSkip(int before, Shape shape, int stride)
    {
        int main = Last;
        if (Shape != shape)
        {
            int filters = Shape.Channels;
            Shape = shape;
            Convolve(filters, 1, 1, stride);
            layers[main + 1] = layers[main + 1] with { Inputs = [before] };
            before = Last;
        }
        layers.Add(new Add { Inputs = [main, before] });
    }

    public Network Classify(int outputs)
    {
        layers.Add(new GlobalAveragePool());
        layers.Add(new Dense(outputs));
        return new Network(start, layers.ToImmutable());
    }

    private void Append(Conv conv)
    {
        layers.Add(conv);
        layers.Add(new BatchNorm(NanoNasSpace.DefaultMomentum));
        Shape = new Shape(
            (Shape.Height + conv.StrideHeight - 1) / conv.StrideHeight, (Shape.Width + conv.StrideWidth - 1) / conv.StrideWidth, conv.Filters);
    }
}
