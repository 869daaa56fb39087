using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// A network as it is trained, in floats: layers in topological order, the last being the output. Spaces build these,
/// trainers train them, <see cref="Quantisation.Lowering"/> turns them into an integer <see cref="Graph"/>.
/// </summary>
public sealed record Network(Shape Input, ImmutableArray<Layer> Layers)
{
    /// <summary>Indices of the layers (-1: the network's input) that layer <paramref name="index"/> reads.</summary>
    public ImmutableArray<int> InputsOf(int index) => Layers[index].Inputs is { Length: > 0 } named ? named : [index - 1];

    /// <summary>Output shape of every layer.</summary>
    /// <exception cref="InvalidOperationException">A layer has no output for its input: a kernel or pool larger than the map.</exception>
    public Shape[] Shapes()
    {
        var shapes = new Shape[Layers.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            int from = InputsOf(i)[0];
            shapes[i] = ShapeInference.Output(Layers[i], from < 0 ? Input : shapes[from]);
            if (shapes[i].Height < 1 || shapes[i].Width < 1 || shapes[i].Channels < 1)
                throw new InvalidOperationException($"Layer {i} ({Layers[i].GetType().Name}) has no output.");
        }
        return shapes;
    }
}

internal static class ShapeInference
{
    public static Shape Output(Layer layer, Shape x) => layer switch
    {
        Conv c => new Shape(
            Extent(x.Height, c.KernelHeight, c.StrideHeight, c.DilationHeight, c.Padding),
            Extent(x.Width, c.KernelWidth, c.StrideWidth, c.DilationWidth, c.Padding), c.Filters),
        MaxPool p => new Shape(x.Height / p.Height, x.Width / p.Width, x.Channels),
        GlobalAveragePool => new Shape(1, 1, x.Channels),
        Dense d => new Shape(1, 1, d.Units),
        _ => x,
    };

    private static int Extent(int size, int kernel, int stride, int dilation, Padding padding) => padding == Padding.Same
        ? (size + stride - 1) / stride
        : (size - ((kernel - 1) * dilation + 1)) / stride + 1;
}
