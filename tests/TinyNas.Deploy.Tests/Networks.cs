using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The graphs that several tests share.</summary>
internal static class Networks
{
    /// <summary>The lowered NanoNAS network (k, c).</summary>
    public static Graph NanoNas(int k, int c, int side = 50, int channels = 3, int classes = 2, ulong seed = 5)
    {
        var net = new NetworkBuilder(seed, side, side, channels).Conv(k, 3, 3);
        double filters = k, growth = 2;
        for (int i = 1; i <= c; i++)
        {
            filters = Math.Ceiling(filters * growth);
            growth -= 1.0 / (1 << i);
            net.Pool(OperatorCode.MaxPool2D, 2, 2, 2, 2).Conv((int)filters, 3, 3);
        }
        return net.Mean().Dense(classes, scale: 0.03f).Softmax().Build();
    }

    /// <summary>Its counterpart on windows of a recording: height 1.</summary>
    public static Graph Temporal(int k, int c, int steps, int channels, int classes, ulong seed = 6)
    {
        var net = new NetworkBuilder(seed, 1, steps, channels, 3).Conv(k, 1, 3);
        for (int i = 1; i <= c; i++) net.Pool(OperatorCode.MaxPool2D, 1, 2, 1, 2).Conv(k * (i + 1) + 1, 1, 3);
        return net.Mean().Dense(classes, perUnit: true, scale: 0.03f).Softmax().Build();
    }

    /// <summary>A small chain of random operators with odd sizes.</summary>
    public static Graph Random(ulong seed)
    {
        var net = new NetworkBuilder(seed, 0, 0, 0);
        int height = 5 + net.Next(9), width = 5 + net.Next(9);
        net = new NetworkBuilder(seed, height, width, 1 + net.Next(5), net.Next(40) - 20);
        int layers = 2 + net.Next(4);
        for (int i = 0; i < layers; i++)
        {
            var x = net.CurrentTensor.Shape;
            Padding padding = net.Next(3) == 0 ? Padding.Valid : Padding.Same;
            int kernel = 1 + net.Next(Math.Min(3, Math.Min(x[1], x[2]))), stride = 1 + net.Next(2);
            switch (net.Next(6))
            {
                case 0 when x[1] > 2 && x[2] > 2:
                    net.Pool(net.Next(2) == 0 ? OperatorCode.MaxPool2D : OperatorCode.AveragePool2D, kernel, kernel, stride, stride, padding);
                    break;
                case 1:
                    net.Depthwise(kernel, kernel, stride, 1 + net.Next(2), padding);
                    break;
                case 2 when x[1] > 3 && x[2] > 3:
                    net.Conv(1 + net.Next(7), kernel, kernel, outputZero: net.Next(256) - 128, activation: FusedActivation.None)
                        .Pool(OperatorCode.MaxPool2D, 1 + net.Next(3), 2, 1, 2);
                    break;
                case 3 when x[1] > 3 && x[2] > 3:
                    net.Conv(1 + net.Next(7), kernel, kernel, padding: padding).Pool(OperatorCode.MaxPool2D, 2, 2, 2, 2);
                    break;
                default:
                    net.Conv(1 + net.Next(9), kernel, 1 + net.Next(Math.Min(3, x[2])), stride, 1 + net.Next(2), padding, bias: net.Next(2) == 0);
                    break;
            }
        }
        if (net.Next(2) == 0) net.Mean();
        else net.Reshape([1, net.CurrentTensor.Count]).Dense(1 + net.Next(9), FusedActivation.Relu, net.Next(2) == 0);
        net.Dense(2 + net.Next(4), bias: net.Next(2) == 0, scale: 0.03f);
        if (net.Next(3) != 0) net.Softmax();
        return net.Build();
    }

    /// <summary>Grouped and dilated convolutions, and a branch: the first map is read twice.</summary>
    public static Graph Branching(ulong seed)
    {
        var net = new NetworkBuilder(seed, 9, 11, 4, -5).Conv(6, 3, 3, groups: 2).Conv(8, 3, 3, dilation: 2).Conv(4, 1, 3, strideWidth: 2, groups: 4);
        int shared = net.Current;
        net.Pool(OperatorCode.AveragePool2D, 3, 3, 1, 1, Padding.Same).Mean();
        int first = net.Current;
        net.From(shared).Pool(OperatorCode.MaxPool2D, 2, 2, 1, 1).Reshape([1, 8 * 5 * 4]).Dense(5);
        return net.Build(first, net.Current);
    }

    /// <summary>Two residual blocks; the second sum is of a tensor that lives on, so that it cannot be written over.</summary>
    public static Graph Residual(ulong seed)
    {
        var net = new NetworkBuilder(seed, 8, 7, 3, 4).Conv(5, 3, 3);
        int first = net.Current;
        net.Conv(5, 3, 3).Conv(5, 1, 1, activation: FusedActivation.None, outputZero: 9).Add(first);
        int second = net.Current;
        net.Pool(OperatorCode.MaxPool2D, 3, 3, 1, 1, Padding.Same).Add(second).Add(second);
        return net.Mean().Dense(3, scale: 0.03f).Softmax().Build();
    }

    /// <summary>Depthwise and pointwise convolutions whose maps grow and shrink: outputs lie over their inputs in both directions.</summary>
    public static Graph Separable(ulong seed)
    {
        var net = new NetworkBuilder(seed, 0, 0, 0);
        int height = 6 + net.Next(6), width = 5 + net.Next(6);
        net = new NetworkBuilder(seed, height, width, 2 + net.Next(5), net.Next(40) - 20);
        int blocks = 2 + net.Next(3);
        for (int i = 0; i < blocks; i++)
            net.Depthwise(3, 3, net.Next(3) == 0 ? 2 : 1).Conv(1 + net.Next(12), 1, 1, activation: i % 2 == 0 ? FusedActivation.Relu : FusedActivation.None);
        return net.Mean().Dense(3, scale: 0.03f).Build();
    }

    /// <summary>Blocks that widen, filter and narrow: the wide maps are worth running in bands of rows.</summary>
    public static Graph Inverted(ulong seed)
    {
        var net = new NetworkBuilder(seed, 0, 0, 0);
        int height = 11 + net.Next(10), width = 7 + net.Next(9);
        net = new NetworkBuilder(seed, height, width, 2 + net.Next(3), net.Next(40) - 20);
        for (int i = 0; i < 2; i++)
        {
            int kernel = 2 + net.Next(3);
            net.Conv(16 + net.Next(16), 1, 1).Depthwise(kernel, 1 + net.Next(3), 1 + net.Next(2), 1 + net.Next(5) / 4, net.Next(4) == 0 && i == 0 ? Padding.Valid : Padding.Same);
            net.Conv(1 + net.Next(4), 1, 1, activation: FusedActivation.None, outputZero: net.Next(20));
        }
        return net.Build();
    }

    /// <summary>
    /// Residual blocks whose convolutions read padded maps, as PyTorch exports them: PAD or PADV2, some with another value than
    /// the zero point, some read by two convolutions, some wider than a filter.
    /// </summary>
    public static Graph Framed(ulong seed)
    {
        var net = new NetworkBuilder(seed, 0, 0, 0);
        int height = 9 + net.Next(12), width = 6 + net.Next(9);
        net = new NetworkBuilder(seed, height, width, 2 + net.Next(3), net.Next(40) - 20);
        int blocks = seed % 4 == 1 ? 2 : 1;
        for (int i = 0; i < blocks; i++)
        {
            int kernel = 2 + net.Next(3), channels = 2 + net.Next(4);
            if (net.Next(4) == 0) net.Pad(net.Next(5), net.Next(5), net.Next(5), net.Next(5), (sbyte)net.CurrentTensor.Quantization!.ZeroPoint);
            else if (net.Next(4) == 0) net.Pad(1, 1, 1, 1, 3);
            else net.Pad(net.Next(kernel), net.Next(kernel), net.Next(kernel), net.Next(kernel));
            int padded = net.Current;
            net.Conv(channels, kernel, kernel, 1 + net.Next(2), 1, net.Next(3) == 0 ? Padding.Same : Padding.Valid);
            int skip = net.Current;
            if (net.Next(3) == 0) net.From(padded).Depthwise(kernel, kernel, 2, 1, Padding.Valid).Mean().From(skip);
            net.Conv(12 + net.Next(20), 1, 1).Pad(1, 1, 1, 1).Depthwise(3, 3, 1, 1, Padding.Valid);
            net.Conv(channels, 1, 1, activation: FusedActivation.None, outputZero: net.Next(20)).Add(skip);
        }
        return net.Build();
    }

    /// <summary>The same network with the results of its last three operators as outputs: a softmax alone hides differences.</summary>
    public static Graph WithInnerOutputs(Graph graph) => graph with { Outputs = [.. graph.Operators.TakeLast(3).Select(o => o.Outputs[0])] };
}
