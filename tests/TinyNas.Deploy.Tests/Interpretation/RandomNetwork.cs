using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Convolutions, pools, mean, dense and softmax with random weights, scaled so that sums use int8 without saturating.</summary>
internal sealed class RandomNetwork(ulong seed)
{
    private readonly GraphBuilder builder = new();
    private RandomStream random = RandomStream.Create(seed);

    public static Graph Images(ulong seed) => new RandomNetwork(seed).Build(50, 3, 3);

    /// <summary>Recordings: a height of 1.</summary>
    public static Graph Windows(ulong seed) => new RandomNetwork(seed).Build(1, 1, 6);

    public static sbyte[] Input(Graph graph, ulong seed)
    {
        RandomStream stream = RandomStream.Create(seed, 77);
        var values = new sbyte[graph.Input.Count];
        foreach (ref sbyte value in values.AsSpan()) value = (sbyte)(stream.NextInt(256) - 128);
        return values;
    }

    private Graph Build(int height, int filterHeight, int channels)
    {
        int input = builder.Activation("input", ElementType.Int8, [1, height, 50, channels], Quantization.PerTensor(1f / 128, 0));
        int x = input;
        for (int layer = 0; layer < 3; layer++)
        {
            FusedActivation activation = layer == 1 ? FusedActivation.None : FusedActivation.Relu;
            x = Conv(x, filterHeight, 3, 4 + random.NextInt(9), 1 + (layer & 1), layer == 2 ? Padding.Valid : Padding.Same, activation);
            if (layer != 1) x = Pool(x, filterHeight == 1 ? 1 : 2);
        }
        x = Mean(x);
        x = Dense(x, 5);
        int y = builder.Activation("softmax", ElementType.Int8, builder[x].Shape, Quantization.PerTensor(1f / 256, -128));
        builder.Add(OperatorCode.Softmax, [x], [y], new SoftmaxOptions(1));
        return builder.Build([input], [y], "random");
    }

    private int Conv(int x, int filterHeight, int filterWidth, int outputs, int stride, Padding padding, FusedActivation activation)
    {
        Tensor input = builder[x];
        int strideHeight = filterHeight == 1 ? 1 : stride, inputs = input.Shape[3];
        ImmutableArray<float> scales = [.. Enumerable.Range(0, outputs).Select(_ => 0.002f + 0.004f * random.NextSingle())];
        Quantization quantization = Output(input, scales.Average(), filterHeight * filterWidth * inputs, activation);
        int y = builder.Activation($"conv{x}", ElementType.Int8,
            [1, Extent(input.Shape[1], filterHeight, strideHeight, padding), Extent(input.Shape[2], filterWidth, stride, padding), outputs], quantization);
        builder.Add(OperatorCode.Conv2D,
            [x, Weights([outputs, filterHeight, filterWidth, inputs], Quantization.PerChannel(scales, 0)), Bias(outputs, input, scales)], [y],
            new Conv2DOptions(padding, strideHeight, stride, Activation: activation));
        return y;
    }

    private int Pool(int x, int filterHeight)
    {
        Tensor input = builder[x];
        int y = builder.Activation($"pool{x}", ElementType.Int8,
            [1, Extent(input.Shape[1], filterHeight, filterHeight, Padding.Same), Extent(input.Shape[2], 2, 2, Padding.Same), input.Shape[3]], input.Quantization);
        builder.Add(OperatorCode.MaxPool2D, [x], [y], new Pool2DOptions(Padding.Same, filterHeight, 2, filterHeight, 2));
        return y;
    }

    private int Mean(int x)
    {
        Tensor input = builder[x];
        int y = builder.Activation("mean", ElementType.Int8, [1, input.Shape[3]], Quantization.PerTensor(input.Quantization!.Scale * 0.7f, 5));
        builder.Add(OperatorCode.Mean, [x, builder.Constant<int>("axes", ElementType.Int32, [2], [1, 2])], [y], new ReducerOptions(false));
        return y;
    }

    private int Dense(int x, int units)
    {
        Tensor input = builder[x];
        ImmutableArray<float> scales = [0.01f];
        int y = builder.Activation("dense", ElementType.Int8, [1, units], Output(input, 0.01f, input.Shape[1], FusedActivation.None));
        builder.Add(OperatorCode.FullyConnected,
            [x, Weights([units, input.Shape[1]], Quantization.PerTensor(0.01f, 0)), Bias(units, input, scales)], [y], new FullyConnectedOptions());
        return y;
    }

    /// <summary>A scale that leaves about three standard deviations of the sums inside int8.</summary>
    private static Quantization Output(Tensor input, float weightScale, int terms, FusedActivation activation)
    {
        float deviation = input.Quantization!.Scale * weightScale * 73 * 73 * MathF.Sqrt(terms);
        return activation == FusedActivation.Relu ? Quantization.PerTensor(3 * deviation / 255, -128) : Quantization.PerTensor(3 * deviation / 127, 4);
    }

    private int Weights(ImmutableArray<int> shape, Quantization quantization)
    {
        var values = new sbyte[shape.Aggregate(1, (product, n) => product * n)];
        foreach (ref sbyte value in values.AsSpan()) value = (sbyte)(random.NextInt(255) - 127);
        return builder.Constant<sbyte>("weights", ElementType.Int8, shape, values, quantization);
    }

    private int Bias(int count, Tensor input, ImmutableArray<float> scales)
    {
        var values = new int[count];
        foreach (ref int value in values.AsSpan()) value = random.NextInt(20_001) - 10_000;
        return builder.Constant<int>("bias", ElementType.Int32, [count], values, new Quantization(
            [.. scales.Select(s => s * input.Quantization!.Scale)], [.. Enumerable.Repeat(0, scales.Length)]));
    }

    private static int Extent(int size, int filter, int stride, Padding padding) =>
        padding == Padding.Same ? (size + stride - 1) / stride : (size - filter + stride) / stride;
}
