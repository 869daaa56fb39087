using TinyNas.Deploy.Tests;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>Networks of random sizes, weights and scales.</summary>
internal static class RandomGraph
{
    /// <summary>Convolutions with padding and stride, pools, mean, dense layer, softmax; height 1 for windows of a recording.</summary>
    public static Graph Classifier(ulong seed, int height, int width, int channels, int classes)
    {
        var net = new NetworkBuilder(seed, height, width, channels, -7);
        int stride = 1 + net.Next(2);
        net.Conv(2 + net.Next(9), Math.Min(3, height), 3, Math.Min(stride, height), stride, net.Next(2) == 0 ? Padding.Same : Padding.Valid);
        Pool(net, OperatorCode.MaxPool2D);
        net.Depthwise(Math.Min(3, height), 3, multiplier: 1 + net.Next(2));
        net.Conv(5 + net.Next(6), Math.Min(3, height), 3);
        Pool(net, OperatorCode.AveragePool2D);
        return net.Mean().Dense(classes).Softmax().Build();
    }

    /// <summary>Two dense layers, no softmax: real numbers out.</summary>
    public static Graph Regressor(ulong seed, int inputs, int outputs) => new NetworkBuilder(seed, 1, 1, inputs, 3)
        .Dense(inputs / 2 + 1, FusedActivation.Relu).Reshape([1, 1, 1, inputs / 2 + 1]).Dense(outputs, perUnit: true).Build();

    /// <summary>(first * constant) + second, the second broadcast; the sum as int8 and as float32.</summary>
    public static Graph TwoInputs()
    {
        var builder = new GraphBuilder();
        int first = builder.Activation("first", ElementType.Int8, [1, 2, 3, 4], Quantization.PerTensor(0.1f, 5));
        int second = builder.Activation("second \"quoted\"\n", ElementType.Int8, [1, 1, 1, 4], Quantization.PerTensor(0.07f, -3));
        int factor = builder.Constant<sbyte>("factor", ElementType.Int8, [4], [100, -50, 3, 127], Quantization.PerTensor(0.01f, 0));
        int product = builder.Activation("product */", ElementType.Int8, [1, 2, 3, 4], Quantization.PerTensor(0.09f, 1));
        int sum = builder.Activation("sum", ElementType.Int8, [1, 2, 3, 4], Quantization.PerTensor(0.15f, 2));
        int real = builder.Activation("real", ElementType.Float32, [1, 2, 3, 4], null);
        builder.Add(OperatorCode.Mul, [first, factor], [product], new ArithmeticOptions());
        builder.Add(OperatorCode.Add, [product, second], [sum], new ArithmeticOptions(FusedActivation.Relu6));
        builder.Add(OperatorCode.Dequantize, [sum], [real], OperatorOptions.None);
        return builder.Build([first, second], [sum, real]);
    }

    private static void Pool(NetworkBuilder net, OperatorCode code)
    {
        int height = Math.Min(2, net.CurrentTensor.Shape[1]), width = Math.Min(2, net.CurrentTensor.Shape[2]);
        net.Pool(code, height, width, height, width);
    }
}
