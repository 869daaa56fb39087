using TinyNas.Model;

namespace TinyNas.Training.Tests;

internal static class Networks
{
    /// <summary>The NanoNAS shape of network: convolution, normalisation, ReLU, pooling, with odd channel counts.</summary>
    public static Network NanoNas(Shape input, int classes, params int[] channels)
    {
        var layers = new List<Layer>();
        for (int i = 0; i < channels.Length; i++)
        {
            if (i > 0) layers.Add(new MaxPool(2, 2));
            layers.AddRange([new Conv(channels[i], 3, 3), new BatchNorm(), new Relu()]);
        }
        return new Network(input, [.. layers, new GlobalAveragePool(), new Dense(classes)]);
    }

    /// <summary>Strides, dilation, valid padding, bias, dropout, pooling and ReLU on their own, dense layers over a map.</summary>
    public static Network Mixed { get; } = new(new Shape(13, 11, 2),
    [
        new Conv(5, 3, 4) { StrideHeight = 2, StrideWidth = 1, Bias = true }, new Relu(),
        new Conv(7, 2, 3) { Padding = Padding.Valid, DilationWidth = 2 }, new BatchNorm(0.9, 1e-3),
        new MaxPool(2, 3), new Relu(),
        new Conv(3, 1, 1) { Bias = true }, new Dropout(0.25), new Dense(9), new Relu(), new Dense(3),
    ]);

    /// <summary>A temporal convolution network: height 1, growing dilation.</summary>
    public static Network Temporal { get; } = new(new Shape(1, 37, 3),
    [
        new Conv(4, 1, 3) { DilationWidth = 1 }, new BatchNorm(), new Relu(),
        new Conv(6, 1, 3) { DilationWidth = 4, StrideWidth = 2 }, new BatchNorm(), new Relu(), new MaxPool(1, 2),
        new Conv(5, 1, 5) { StrideWidth = 3 }, new BatchNorm(), new GlobalAveragePool(), new Dense(4),
    ]);

    /// <summary>Residual blocks as in ResNet, the second with a projected short cut, then an excitation and a concatenation.</summary>
    public static Network Residual { get; } = new(new Shape(8, 9, 3),
    [
        new Conv(4, 3, 3), new BatchNorm(), new Relu(),
        new Conv(4, 3, 3), new BatchNorm(), new Relu(), new Conv(4, 3, 3), new BatchNorm(), new Add { Inputs = [2, 7] }, new Relu6(),
        new Conv(6, 3, 3) { StrideHeight = 2, StrideWidth = 2 }, new BatchNorm(), new HardSwish(), new Conv(6, 3, 3), new BatchNorm(),
        new Conv(6, 1, 1) { StrideHeight = 2, StrideWidth = 2, Inputs = [9] }, new BatchNorm(), new Add { Inputs = [14, 16] }, new LeakyRelu(0.1),
        new GlobalAveragePool(), new Dense(6), new Sigmoid(), new Multiply { Inputs = [18, 21] },
        new AveragePool(2, 2), new Upsample(2, 2), new Pad(0, 0, 0, 1), new Concatenate { Inputs = [22, 25] }, new Tanh(), new GlobalAveragePool(), new Dense(3),
    ]);

    /// <summary>One recurrent layer of each kind.</summary>
    public static Network Recurrent { get; } = new(new Shape(1, 13, 3),
        [new Conv(5, 1, 3), new Lstm(6) { Sequence = true }, new Gru(7) { Sequence = true }, new FastGrnn(5), new Dense(3)]);

    /// <summary>Groups, a depthwise multiplier, causal columns, SELU, and a softmax as attention.</summary>
    public static Network Grouped { get; } = new(new Shape(6, 11, 4),
    [
        new Conv(6, 2, 3) { Groups = 2, Causal = true }, new BatchNorm(), new Relu(),
        new Conv(12, 3, 3) { Groups = 6, StrideWidth = 2, Bias = true }, new Selu(),
        new Conv(8, 3, 2) { Groups = 4, DilationHeight = 2 }, new BatchNorm(), new Conv(8, 1, 1), new Softmax(), new Multiply { Inputs = [6, 8] },
        new ConvTranspose(5, 3, 2) { StrideHeight = 2 }, new BatchNorm(), new GlobalAveragePool(), new Dense(3),
    ]);

    /// <summary>Depthwise-separable blocks, one of them strided.</summary>
    public static Network Separable { get; } = new(new Shape(9, 10, 3),
    [
        new Conv(5, 3, 3) { StrideHeight = 2 }, new BatchNorm(), new Relu(),
        new Conv(5, 3, 3) { Groups = 5 }, new BatchNorm(), new Relu(), new Conv(7, 1, 1), new BatchNorm(), new Relu(),
        new Conv(7, 3, 3) { Groups = 7, StrideHeight = 2, StrideWidth = 2 }, new BatchNorm(), new Relu(), new Conv(6, 1, 1), new BatchNorm(), new Relu(),
        new GlobalAveragePool(), new Dense(3),
    ]);
}
