using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Small graphs of operators that move over maps, with every option and odd sizes.</summary>
internal static class WindowNetworks
{
    private static readonly FusedActivation[] Activations = [FusedActivation.None, FusedActivation.Relu, FusedActivation.Relu6, FusedActivation.ReluN1To1];

    public static Graph Conv2D(ulong seed)
    {
        var g = new SmallGraph(seed);
        int groups = g.Between(0, 1) == 0 ? 1 : g.Between(2, 3), inputs = groups * g.Between(1, 4), outputs = groups * g.Between(1, 5);
        int height = g.Between(5, 9), width = g.Between(5, 9), kh = g.Between(1, 3), kw = g.Between(1, 3), sy = g.Between(1, 3), sx = g.Between(1, 3);
        // TensorFlow has no kernel for strides and dilation at once; this and the reference have.
        int dy = g.Between(1, 2), dx = g.Between(1, 2);
        Padding padding = seed % 2 == 0 ? Padding.Same : Padding.Valid;
        int x = g.Input([1, height, width, inputs]), filter = g.Constant([outputs, kh, kw, inputs / groups], Scales(g, outputs, 0), -127);
        ImmutableArray<int> operands = seed % 3 == 0 ? [x, filter] : [x, filter, g.Bias(outputs)];
        return g.Build(g.Apply(OperatorCode.Conv2D, operands, new Conv2DOptions(padding, sy, sx, dy, dx, Activations[seed % 4]),
            [1, Positions(height, kh, sy, dy, padding), Positions(width, kw, sx, dx, padding), outputs], g.Scale(0.1f)));
    }

    public static Graph Depthwise(ulong seed)
    {
        var g = new SmallGraph(seed);
        int inputs = g.Between(1, 5), multiplier = g.Between(1, 3), outputs = inputs * multiplier;
        int height = g.Between(5, 9), width = g.Between(5, 9), kh = g.Between(1, 4), kw = g.Between(1, 4), stride = g.Between(1, 2), dy = g.Between(1, 2), dx = g.Between(1, 2);
        Padding padding = seed % 2 == 0 || (kh - 1) * dy >= height || (kw - 1) * dx >= width ? Padding.Same : Padding.Valid;
        int x = g.Input([1, height, width, inputs]), filter = g.Constant([1, kh, kw, outputs], Scales(g, outputs, 3), -127);
        // The reference stops at one without a bias.
        return g.Build(g.Apply(OperatorCode.DepthwiseConv2D, [x, filter, g.Bias(outputs)], new DepthwiseConv2DOptions(padding, stride, stride, multiplier, dy, dx, Activations[seed % 4]),
            [1, Positions(height, kh, stride, dy, padding), Positions(width, kw, stride, dx, padding), outputs], g.Scale(0.05f)));
    }

    public static Graph TransposeConv(ulong seed)
    {
        var g = new SmallGraph(seed);
        int inputs = g.Between(1, 5), outputs = g.Between(1, 5), height = g.Between(1, 5), width = g.Between(1, 5);
        int kh = g.Between(1, 4), kw = g.Between(1, 4), sy = g.Between(1, 3), sx = g.Between(1, 3);
        Padding padding = seed % 2 == 0 ? Padding.Same : Padding.Valid;
        int Size(int from, int filter, int stride) => padding == Padding.Same ? from * stride : (from - 1) * stride + Math.Max(filter, stride);
        ImmutableArray<int> shape = [1, Size(height, kh, sy), Size(width, kw, sx), outputs];
        int filters = g.Constant([outputs, kh, kw, inputs], Scales(g, outputs, 0), -127), x = g.Input([1, height, width, inputs]);
        ImmutableArray<int> operands = [g.Integers(shape.AsSpan()), filters, x];
        return g.Build(g.Apply(OperatorCode.TransposeConv, seed % 3 == 0 ? operands : operands.Add(g.Bias(outputs)),
            new TransposeConvOptions(padding, sy, sx, seed % 5 == 0 ? FusedActivation.Relu : FusedActivation.None), shape, g.Scale(0.1f)));
    }

    public static Graph FullyConnected(ulong seed)
    {
        var g = new SmallGraph(seed);
        int rows = g.Between(1, 3), depth = g.Between(1, 40), units = g.Between(1, 9);
        Quantization scales = seed % 2 == 0 ? Quantization.PerTensor(0.01f, 0) : Scales(g, units, 0);
        int x = g.Input([rows, depth]), weights = g.Constant([units, depth], scales, -127);
        ImmutableArray<int> operands = seed % 3 == 0 ? [x, weights] : [x, weights, g.Bias(units)];
        return g.Build(g.Apply(OperatorCode.FullyConnected, operands, new FullyConnectedOptions(Activations[seed % 4]), [rows, units], g.Scale(0.1f)));
    }

    public static Graph Pool(ulong seed, OperatorCode code)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        int height = g.Between(3, 8), width = g.Between(3, 8), channels = g.Between(1, 5), kh = g.Between(1, 3), kw = g.Between(1, 3), sy = g.Between(1, 3), sx = g.Between(1, 3);
        Padding padding = seed % 2 == 0 ? Padding.Same : Padding.Valid;
        return g.Build(g.Apply(code, [g.Input([1, height, width, channels], scale)], new Pool2DOptions(padding, sy, sx, kh, kw, Activations[seed % 4]),
            [1, Positions(height, kh, sy, 1, padding), Positions(width, kw, sx, 1, padding), channels], scale));
    }

    public static Graph Mean(ulong seed)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = [1, g.Between(1, 6), g.Between(1, 6), g.Between(1, 6)];
        bool keeps = seed % 2 == 0;
        int[] axes = (seed % 3) switch { 0 => [1, 2], 1 => [3], _ => [-2] };
        ImmutableArray<int> reduced = [.. shape.Select((d, i) => axes.Any(a => (a + 4) % 4 == i) ? keeps ? 1 : 0 : d).Where(d => d > 0)];
        return g.Build(g.Apply(OperatorCode.Mean, [g.Input(shape), g.Integers(axes)], new ReducerOptions(keeps), reduced, g.Scale(0.04f)));
    }

    public static Graph Softmax(ulong seed)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = [g.Between(1, 3), g.Between(1, 12)];
        return g.Build(g.Apply(OperatorCode.Softmax, [g.Input(shape, g.Scale(0.02f + 0.1f * (seed % 3)))], new SoftmaxOptions(seed % 2 == 0 ? 1 : 0.5f), shape,
            Quantization.PerTensor(1f / 256, -128)));
    }

    public static Graph LogSoftmax(ulong seed)
    {
        var g = new SmallGraph(seed);
        ImmutableArray<int> shape = [g.Between(1, 3), g.Between(1, seed % 4 == 0 ? 200 : 12)];
        return g.Build(g.Apply(OperatorCode.LogSoftmax, [g.Input(shape, g.Scale(0.01f + 0.1f * (seed % 3)))], OperatorOptions.None, shape,
            Quantization.PerTensor(1f / 16, 127)));
    }

    public static Graph Resize(ulong seed, OperatorCode code)
    {
        var g = new SmallGraph(seed);
        Quantization scale = g.Scale();
        int channels = g.Between(1, 5), height = g.Between(1, 12), width = g.Between(1, 12);
        // Aligned corners with half pixels is for the nearest neighbour alone, and nobody's converter makes it.
        var options = new ResizeOptions(seed % 3 == 0, seed % 3 == 1);
        int x = g.Input([1, g.Between(1, 7), g.Between(1, 7), channels], scale);
        return g.Build(g.Apply(code, [x, g.Integers(height, width)], options, [1, height, width, channels], scale));
    }

    private static Quantization Scales(SmallGraph g, int channels, int dimension) =>
        Quantization.PerChannel([.. Enumerable.Range(0, channels).Select(_ => g.Scale(0.005f).Scale)], dimension);

    private static int Positions(int size, int filter, int stride, int dilation, Padding padding) =>
        padding == Padding.Same ? (size + stride - 1) / stride : (size - (filter - 1) * dilation - 1) / stride + 1;
}
