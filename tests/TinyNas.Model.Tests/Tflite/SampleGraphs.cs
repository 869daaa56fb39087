using System.Collections.Immutable;

namespace TinyNas.Model.Tests;

/// <summary>Small graphs with everything that the writer knows.</summary>
internal static class SampleGraphs
{
    private static readonly Quantization Real = Quantization.PerTensor(0.05f, -3);

    /// <summary>Convolution, depthwise convolution, pools, mean, dense and softmax with random weights.</summary>
    public static Graph Classifier(ulong seed = 1)
    {
        var random = RandomStream.Create(seed);
        var b = new GraphBuilder();
        int input = b.Activation("input", ElementType.Int8, [1, 10, 9, 3], Quantization.PerTensor(1f / 128, 0));
        int x = b.Activation("conv", ElementType.Int8, [1, 5, 5, 6], Real);
        b.Add(OperatorCode.Conv2D, [input, Weights("w1", [6, 3, 3, 3], 0, 6), Bias("b1", 6)], [x],
            new Conv2DOptions(Padding.Same, 2, 2, Activation: FusedActivation.Relu));
        int y = b.Activation("depthwise", ElementType.Int8, [1, 5, 5, 6], Real);
        b.Add(OperatorCode.DepthwiseConv2D, [x, Weights("w2", [1, 3, 3, 6], 3, 6), Bias("b2", 6)], [y],
            new DepthwiseConv2DOptions(Padding.Same, 1, 1, 1, 2, 1, FusedActivation.Relu6));
        int z = b.Activation("pool", ElementType.Int8, [1, 4, 4, 6], Real);
        b.Add(OperatorCode.MaxPool2D, [y], [z], new Pool2DOptions(Padding.Valid, 1, 1, 2, 2));
        int a = b.Activation("average", ElementType.Int8, [1, 2, 2, 6], Real);
        b.Add(OperatorCode.AveragePool2D, [z], [a], new Pool2DOptions(Padding.Same, 2, 2, 3, 3));
        int m = b.Activation("mean", ElementType.Int8, [1, 6], Real);
        b.Add(OperatorCode.Mean, [a, b.Constant<int>("axes", ElementType.Int32, [2], [1, 2])], [m], new ReducerOptions(false));
        int r = b.Activation("reshape", ElementType.Int8, [1, 6], Real);
        b.Add(OperatorCode.Reshape, [m], [r], new ReshapeOptions([1, 6]));
        int d = b.Activation("dense", ElementType.Int8, [1, 4], Real);
        b.Add(OperatorCode.FullyConnected, [r, Weights("w3", [4, 6], 0, 1), Bias("b3", 4)], [d], new FullyConnectedOptions());
        int s = b.Activation("softmax", ElementType.Int8, [1, 4], Quantization.PerTensor(1f / 256, -128));
        b.Add(OperatorCode.Softmax, [d], [s], new SoftmaxOptions(0.5f));
        return b.Build([input], [s], "a sample, with ü");

        int Weights(string name, ImmutableArray<int> shape, int dimension, int scales)
        {
            var values = new sbyte[shape.Aggregate(1, (p, n) => p * n)];
            for (int i = 0; i < values.Length; i++) values[i] = (sbyte)(random.NextInt(255) - 127);
            return b.Constant<sbyte>(name, ElementType.Int8, shape, values,
                Quantization.PerChannel([.. Enumerable.Range(0, scales).Select(i => 0.004f + i * 0.001f)], dimension));
        }

        int Bias(string name, int count) => b.Constant<int>(name, ElementType.Int32, [count], [.. Enumerable.Range(0, count).Select(i => i * 7 - 20)]);
    }

    /// <summary>Operators that only arithmetic and shapes need, an absent bias, a float end and a state tensor.</summary>
    public static Graph Odds()
    {
        var b = new GraphBuilder();
        int input = b.Activation("input", ElementType.Float32, [1, 4], null);
        int q = b.Activation("quantised", ElementType.Int8, [1, 4], Real);
        b.Add(OperatorCode.Quantize, [input], [q], OperatorOptions.None);
        int state = b.Add(new Tensor("state", ElementType.Int8, [1, 4]) { Quantization = Real, IsVariable = true });
        int sum = b.Activation("sum", ElementType.Int8, [1, 4], Real);
        b.Add(OperatorCode.Add, [q, state], [sum], new ArithmeticOptions(FusedActivation.Relu));
        int dense = b.Activation("dense", ElementType.Int8, [1, 2], Real);
        int weights = b.Constant<sbyte>("w", ElementType.Int8, [2, 4], [1, 2, 3, 4, 5, 6, 7, 8], Quantization.PerChannel([0.1f, 0.2f], 0));
        b.Add(OperatorCode.FullyConnected, [sum, weights, -1], [dense], new FullyConnectedOptions(FusedActivation.None, KeepDimensions: true));
        int joined = b.Activation("joined", ElementType.Int8, [1, 4], Real);
        b.Add(OperatorCode.Concatenation, [dense, dense], [joined], new ConcatenationOptions(-1));
        int squeezed = b.Activation("squeezed", ElementType.Int8, [4], Real);
        b.Add(OperatorCode.Squeeze, [joined], [squeezed], new SqueezeOptions([0]));
        int output = b.Activation("output", ElementType.Float32, [4], null);
        b.Add(OperatorCode.Dequantize, [squeezed], [output], OperatorOptions.None);
        return b.Build([input], [output]);
    }
}
