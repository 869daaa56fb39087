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
            shapes[i] = ShapeInference.Output(Layers[i], [.. InputsOf(i).Select(from => from < 0 ? Input : shapes[from])]);
            if (shapes[i].Height < 1 || shapes[i].Width < 1 || shapes[i].Channels < 1)
                throw new InvalidOperationException($"Layer {i} ({Layers[i].GetType().Name}) has no output.");
        }
        return shapes;
    }
}

internal static class ShapeInference
{
    private static readonly Shape Nothing = new(0, 0, 0);

    /// <summary>An empty shape where the inputs do not go together.</summary>
    public static Shape Output(Layer layer, IReadOnlyList<Shape> inputs) => (layer, inputs) switch
    {
        (IntegerLayer integer, _) => integer.OutputOf(inputs),
        (Add, { Count: > 1 }) when inputs.All(s => s == inputs[0]) => inputs[0],
        (Multiply, [var a, var b]) when a == b || b == new Shape(1, 1, a.Channels) => a,
        (Concatenate, { Count: > 1 }) when inputs.All(s => s with { Channels = 0 } == inputs[0] with { Channels = 0 }) =>
            inputs[0] with { Channels = inputs.Sum(s => s.Channels) },
        (not (Add or Multiply or Concatenate), [var x]) => Output(layer, x),
        _ => Nothing,
    };

    public static Shape Output(Layer layer, Shape x) => layer switch
    {
        Conv c => new Shape(
            Extent(x.Height, c.KernelHeight, c.StrideHeight, c.DilationHeight, c.Padding),
            Extent(x.Width, c.KernelWidth, c.StrideWidth, c.DilationWidth, c.Causal ? Padding.Same : c.Padding), c.Filters),
        ConvTranspose c => new Shape(
            Spread(x.Height, c.KernelHeight, c.StrideHeight, c.Padding), Spread(x.Width, c.KernelWidth, c.StrideWidth, c.Padding), c.Filters),
        AveragePool p => new Shape(x.Height / p.Height, x.Width / p.Width, x.Channels),
        Pad p => new Shape(p.Top + x.Height + p.Bottom, p.Left + x.Width + p.Right, x.Channels),
        Upsample u => new Shape(x.Height * u.Height, x.Width * u.Width, x.Channels),
        MaxPool p => new Shape(x.Height / p.Height, x.Width / p.Width, x.Channels),
        Recurrent r => x.Height == 1 ? new Shape(1, r.Sequence ? x.Width : 1, r.Units) : Nothing,
        GlobalAveragePool => new Shape(1, 1, x.Channels),
        Dense d => new Shape(1, 1, d.Units),
        _ => x,
    };

    private static int Spread(int size, int kernel, int stride, Padding padding) => padding == Padding.Same ? size * stride : (size - 1) * stride + kernel;

    private static int Extent(int size, int kernel, int stride, int dilation, Padding padding) => padding == Padding.Same
        ? (size + stride - 1) / stride
        : (size - ((kernel - 1) * dilation + 1)) / stride + 1;
}
