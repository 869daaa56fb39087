using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>Networks of random sizes, weights and scales over every operator that has a kernel.</summary>
internal sealed class RandomGraph
{
    private readonly GraphBuilder builder = new();
    private RandomStream random;
    private int current;

    private RandomGraph(ulong seed) => random = RandomStream.Create(seed, 0xB1D);

    private Tensor Current => builder[current];

    /// <summary>Convolutions with padding and stride, pools, mean, dense layer, softmax.</summary>
    public static Graph Classifier(ulong seed, int height, int width, int channels, int classes)
    {
        var graph = new RandomGraph(seed);
        int input = graph.current = graph.builder.Activation("input", ElementType.Int8, [1, height, width, channels], Quantization.PerTensor(0.02f, -7));
        int depth = 2 + graph.random.NextInt(9);
        graph.Conv(depth, graph.random.NextInt(2) == 0 ? Padding.Same : Padding.Valid, 1 + graph.random.NextInt(2));
        graph.Pool(OperatorCode.MaxPool2D);
        graph.Depthwise(1 + graph.random.NextInt(2));
        graph.Conv(depth + 3, Padding.Same, 1);
        graph.Pool(OperatorCode.AveragePool2D);
        graph.Mean();
        graph.Dense(classes, FusedActivation.None);
        graph.Softmax();
        return graph.builder.Build([input], [graph.current]);
    }

    /// <summary>Two dense layers, no softmax: real numbers out.</summary>
    public static Graph Regressor(ulong seed, int inputs, int outputs)
    {
        var graph = new RandomGraph(seed);
        int input = graph.current = graph.builder.Activation("values in", ElementType.Int8, [1, inputs], Quantization.PerTensor(0.05f, 3));
        graph.Dense(inputs / 2 + 1, FusedActivation.Relu);
        graph.Reshape();
        graph.Dense(outputs, FusedActivation.None);
        return graph.builder.Build([input], [graph.current]);
    }

    /// <summary>(first * constant) + second, the second broadcast; the sum as int8 and as float32.</summary>
    public static Graph TwoInputs()
    {
        var builder = new GraphBuilder();
        int first = builder.Activation("first", ElementType.Int8, [1, 2, 3, 4], Quantization.PerTensor(0.1f, 5));
        int second = builder.Activation("second", ElementType.Int8, [1, 1, 1, 4], Quantization.PerTensor(0.07f, -3));
        int factor = builder.Constant<sbyte>("factor", ElementType.Int8, [4], [100, -50, 3, 127], Quantization.PerTensor(0.01f, 0));
        int product = builder.Activation("product", ElementType.Int8, [1, 2, 3, 4], Quantization.PerTensor(0.09f, 1));
        int sum = builder.Activation("sum", ElementType.Int8, [1, 2, 3, 4], Quantization.PerTensor(0.15f, 2));
        int real = builder.Activation("real", ElementType.Float32, [1, 2, 3, 4], null);
        builder.Add(OperatorCode.Mul, [first, factor], [product], new ArithmeticOptions());
        builder.Add(OperatorCode.Add, [product, second], [sum], new ArithmeticOptions(FusedActivation.Relu6));
        builder.Add(OperatorCode.Dequantize, [sum], [real], OperatorOptions.None);
        return builder.Build([first, second], [sum, real]);
    }

    private void Conv(int outputs, Padding padding, int stride)
    {
        int height = Math.Min(3, Current.Shape[1]), width = Math.Min(3, Current.Shape[2]), inputs = Current.Shape[3];
        int terms = height * width * inputs;
        int filter = Filter([outputs, height, width, inputs], 0, outputs), bias = Bias(outputs);
        Apply(OperatorCode.Conv2D, [current, filter, bias], [1, Out(1, height, stride, padding), Out(2, width, stride, padding), outputs], terms,
            new Conv2DOptions(padding, Stride(1, stride), Stride(2, stride), Activation: FusedActivation.Relu));
    }

    private void Depthwise(int multiplier)
    {
        int height = Math.Min(3, Current.Shape[1]), width = Math.Min(3, Current.Shape[2]), outputs = Current.Shape[3] * multiplier;
        int filter = Filter([1, height, width, outputs], 3, outputs), bias = Bias(outputs);
        Apply(OperatorCode.DepthwiseConv2D, [current, filter, bias], [1, Current.Shape[1], Current.Shape[2], outputs], height * width,
            new DepthwiseConv2DOptions(Padding.Same, 1, 1, multiplier, Activation: FusedActivation.Relu6));
    }

    private void Pool(OperatorCode code)
    {
        int height = Math.Min(2, Current.Shape[1]), width = Math.Min(2, Current.Shape[2]);
        Tensor from = Current;
        int output = builder.Activation("pool", ElementType.Int8,
            [1, (from.Shape[1] - height) / height + 1, (from.Shape[2] - width) / width + 1, from.Shape[3]], from.Quantization);
        builder.Add(code, [current], [output], new Pool2DOptions(Padding.Valid, height, width, height, width));
        current = output;
    }

    private void Mean()
    {
        Tensor from = Current;
        int axes = builder.Constant<int>("axes", ElementType.Int32, [2], [1, 2]);
        int output = builder.Activation("mean", ElementType.Int8, [1, from.Shape[3]], Quantization.PerTensor(from.Quantization!.Scale * 0.7f, -20));
        builder.Add(OperatorCode.Mean, [current, axes], [output], new ReducerOptions(KeepDimensions: false));
        current = output;
    }

    private void Dense(int units, FusedActivation activation)
    {
        int depth = Current.Count;
        int filter = Filter([units, depth], 0, 1), bias = Bias(units);
        Apply(OperatorCode.FullyConnected, [current, filter, bias], [1, units], depth, new FullyConnectedOptions(activation));
    }

    private void Reshape()
    {
        int output = builder.Activation("reshape", ElementType.Int8, [1, 1, 1, Current.Count], Current.Quantization);
        builder.Add(OperatorCode.Reshape, [current], [output], new ReshapeOptions([1, 1, 1, Current.Count]));
        current = output;
    }

    private void Softmax()
    {
        int output = builder.Activation("softmax \"quoted\"\n", ElementType.Int8, Current.Shape, Quantization.PerTensor(1f / 256, -128));
        // Twenty counts are one in the exponent: the scores vary instead of saturating.
        builder.Add(OperatorCode.Softmax, [current], [output], new SoftmaxOptions(0.05f / Current.Quantization!.Scale));
        current = output;
    }

    /// <summary>Chooses the output's scale such that few results saturate.</summary>
    private void Apply(OperatorCode code, ImmutableArray<int> inputs, ImmutableArray<int> shape, int terms, OperatorOptions options)
    {
        float spread = Current.Quantization!.Scale * builder[inputs[1]].Quantization!.Scales.Max() * MathF.Sqrt(terms) * 75 * 75;
        int output = builder.Activation($"{code}", ElementType.Int8, shape, Quantization.PerTensor(spread / 60, random.NextInt(41) - 20));
        builder.Add(code, inputs, [output], options);
        current = output;
    }

    private int Filter(ImmutableArray<int> shape, int dimension, int scales)
    {
        var values = new sbyte[shape.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++) values[i] = (sbyte)(random.NextInt(255) - 127);
        ImmutableArray<float> perChannel = [.. Enumerable.Range(0, scales).Select(_ => 0.002f + 0.01f * random.NextSingle())];
        return builder.Constant<sbyte>("filter", ElementType.Int8, shape, values,
            scales == 1 ? Quantization.PerTensor(perChannel[0], 0) : Quantization.PerChannel(perChannel, dimension));
    }

    private int Bias(int count)
    {
        var values = new int[count];
        for (int i = 0; i < count; i++) values[i] = random.NextInt(8001) - 4000;
        return builder.Constant<int>("bias", ElementType.Int32, [count], values);
    }

    private int Out(int dimension, int window, int stride, Padding padding)
    {
        int size = Current.Shape[dimension], step = Stride(dimension, stride);
        return padding == Padding.Same ? (size + step - 1) / step : (size - window) / step + 1;
    }

    private int Stride(int dimension, int stride) => Current.Shape[dimension] == 1 ? 1 : stride;
}
