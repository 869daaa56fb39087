using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Integer graphs with random weights and plausible scales, for the planner and the emitter.</summary>
internal sealed class NetworkBuilder
{
    private readonly GraphBuilder builder = new();
    private readonly ImmutableArray<int>.Builder inputs = ImmutableArray.CreateBuilder<int>();
    private RandomStream random;
    private int names;

    public NetworkBuilder(ulong seed, int height, int width, int channels, int zeroPoint = 0)
    {
        random = new RandomStream(seed, 7);
        Current = builder.Activation("input", ElementType.Int8, [1, height, width, channels], Quantization.PerTensor(1f / 128, zeroPoint));
        inputs.Add(Current);
    }

    public int Current { get; private set; }

    public Tensor CurrentTensor => builder[Current];

    public int Next(int bound) => random.NextInt(bound);

    public NetworkBuilder From(int tensor)
    {
        Current = tensor;
        return this;
    }

    public NetworkBuilder Conv(int filters, int kernelHeight, int kernelWidth, int strideHeight = 1, int strideWidth = 1,
        Padding padding = Padding.Same, FusedActivation activation = FusedActivation.Relu, int groups = 1, int dilation = 1, bool bias = true, int outputZero = -128)
    {
        var x = CurrentTensor.Shape;
        int depth = x[3] / groups, taps = kernelHeight * kernelWidth * depth;
        int filter = Weights([filters, kernelHeight, kernelWidth, depth], filters, 0);
        return Apply(OperatorCode.Conv2D, bias ? [Current, filter, Bias(filters)] : [Current, filter],
            new Conv2DOptions(padding, strideHeight, strideWidth, dilation, dilation, activation),
            [1, Extent(x[1], kernelHeight, strideHeight, padding, dilation), Extent(x[2], kernelWidth, strideWidth, padding, dilation), filters],
            OutputScale(taps), outputZero);
    }

    public NetworkBuilder Depthwise(int kernelHeight, int kernelWidth, int stride = 1, int multiplier = 1, Padding padding = Padding.Same)
    {
        var x = CurrentTensor.Shape;
        int channels = x[3] * multiplier;
        int filter = Weights([1, kernelHeight, kernelWidth, channels], channels, 3);
        return Apply(OperatorCode.DepthwiseConv2D, [Current, filter, Bias(channels)],
            new DepthwiseConv2DOptions(padding, stride, stride, multiplier, Activation: FusedActivation.Relu6),
            [1, Extent(x[1], kernelHeight, stride, padding, 1), Extent(x[2], kernelWidth, stride, padding, 1), channels],
            OutputScale(kernelHeight * kernelWidth), -128);
    }

    public NetworkBuilder Pool(OperatorCode code, int height, int width, int strideHeight, int strideWidth, Padding padding = Padding.Valid)
    {
        var x = CurrentTensor.Shape;
        return Apply(code, [Current], new Pool2DOptions(padding, strideHeight, strideWidth, height, width),
            [1, Extent(x[1], height, strideHeight, padding, 1), Extent(x[2], width, strideWidth, padding, 1), x[3]],
            CurrentTensor.Quantization!.Scale, CurrentTensor.Quantization!.ZeroPoint);
    }

    /// <param name="value">Of PADV2; without one PAD, which pads with the zero point.</param>
    public NetworkBuilder Pad(int top, int bottom, int left, int right, sbyte? value = null)
    {
        var x = CurrentTensor;
        int paddings = builder.Constant<int>($"paddings{names++}", ElementType.Int32, [4, 2], [0, 0, top, bottom, left, right, 0, 0]);
        ImmutableArray<int> shape = [1, x.Shape[1] + top + bottom, x.Shape[2] + left + right, x.Shape[3]];
        if (value is not { } v) return Apply(OperatorCode.Pad, [Current, paddings], OperatorOptions.None, shape, x.Quantization!.Scale, x.Quantization!.ZeroPoint);
        int constant = builder.Constant<sbyte>($"value{names++}", ElementType.Int8, [1], [v], Quantization.PerTensor(x.Quantization!.Scale, x.Quantization!.ZeroPoint));
        return Apply(OperatorCode.PadV2, [Current, paddings, constant], OperatorOptions.None, shape, x.Quantization!.Scale, x.Quantization!.ZeroPoint);
    }

    public NetworkBuilder Mean()
    {
        int axes = builder.Constant<int>($"axes{names++}", ElementType.Int32, [2], [1, 2]);
        return Apply(OperatorCode.Mean, [Current, axes], new ReducerOptions(false), [1, CurrentTensor.Shape[3]],
            CurrentTensor.Quantization!.Scale * 0.7f, Next(20) - 128);
    }

    public NetworkBuilder Reshape(ImmutableArray<int> shape)
    {
        int target = builder.Constant<int>($"shape{names++}", ElementType.Int32, [shape.Length], shape.AsSpan());
        return Apply(OperatorCode.Reshape, [Current, target], new ReshapeOptions(shape), shape,
            CurrentTensor.Quantization!.Scale, CurrentTensor.Quantization!.ZeroPoint);
    }

    /// <param name="scale">Of the output: for logits, so small that a softmax of them does not saturate.</param>
    public NetworkBuilder Dense(int units, FusedActivation activation = FusedActivation.None, bool perUnit = false, bool bias = true, float? scale = null)
    {
        int depth = CurrentTensor.Count;
        float weightScale = scale is { } wanted ? 0.007f * wanted / OutputScale(depth) : 0.007f;
        int weights = Weights([units, depth], perUnit ? units : 1, 0, weightScale);
        return Apply(OperatorCode.FullyConnected, bias ? [Current, weights, Bias(units)] : [Current, weights, -1],
            new FullyConnectedOptions(activation), [1, units], scale ?? OutputScale(depth), Next(60) - 30);
    }

    /// <summary>The current tensor plus another.</summary>
    public NetworkBuilder Add(int other) => Apply(OperatorCode.Add, [Current, other], new ArithmeticOptions(FusedActivation.Relu),
        CurrentTensor.Shape, CurrentTensor.Quantization!.Scale * 1.3f, Next(40) - 128);

    public NetworkBuilder Softmax() =>
        Apply(OperatorCode.Softmax, [Current], new SoftmaxOptions(), CurrentTensor.Shape, 1f / 256, -128);

    public Graph Build(params ImmutableArray<int> outputs) => builder.Build(inputs.ToImmutable(), outputs.IsEmpty ? [Current] : outputs);

    private NetworkBuilder Apply(OperatorCode code, ImmutableArray<int> operands, OperatorOptions options, ImmutableArray<int> shape, float scale, int zero)
    {
        int output = builder.Activation($"{code}{names++}", ElementType.Int8, shape, Quantization.PerTensor(scale, zero));
        builder.Add(code, operands, [output], options);
        Current = output;
        return this;
    }

    private int Weights(ImmutableArray<int> shape, int scales, int dimension, float scale = 0.007f)
    {
        var values = new sbyte[shape.Aggregate(1, (a, b) => a * b)];
        foreach (ref sbyte v in values.AsSpan()) v = (sbyte)(Next(255) - 127);
        ImmutableArray<float> all = [.. Enumerable.Range(0, scales).Select(_ => scale * (0.3f + 1.4f * random.NextSingle()))];
        return builder.Constant<sbyte>($"weights{names++}", ElementType.Int8, shape, values,
            scales == 1 ? Quantization.PerTensor(all[0], 0) : Quantization.PerChannel(all, dimension));
    }

    private int Bias(int channels)
    {
        var values = new int[channels];
        foreach (ref int v in values.AsSpan()) v = Next(4001) - 2000;
        return builder.Constant<int>($"bias{names++}", ElementType.Int32, [channels], values, Quantization.PerTensor(1e-4f, 0));
    }

    /// <summary>Random sums then spread over most of the int8 range.</summary>
    private float OutputScale(int taps) => CurrentTensor.Quantization!.Scale * 0.007f * 73f * MathF.Sqrt(taps) * 73f / 60f;

    private static int Extent(int size, int kernel, int stride, Padding padding, int dilation) => padding == Padding.Same
        ? (size + stride - 1) / stride
        : (size - ((kernel - 1) * dilation + 1)) / stride + 1;
}
