using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>Networks whose gradients every trainer is tested with: one of each layer, and layers that meet in every way.</summary>
internal static class GradientCases
{
    private static readonly Dense Head = new(3);

    private static Network Behind(Shape input, params Layer[] layers) => new(input, [.. layers, Head]);

    public static IEnumerable<object[]> All =>
    [
        ["convolution, same", Behind(new Shape(6, 5, 3), new Conv(4, 3, 3))],
        ["convolution, valid, bias", Behind(new Shape(6, 7, 2), new Conv(5, 2, 3) { Padding = Padding.Valid, Bias = true })],
        ["strides that leave rows over", Behind(new Shape(8, 9, 1), new Conv(3, 3, 2) { Padding = Padding.Valid, StrideHeight = 2, StrideWidth = 3 })],
        ["gradient through a strided convolution", Behind(new Shape(7, 8, 2), new Conv(3, 3, 3), new Conv(4, 3, 3) { StrideHeight = 2, StrideWidth = 2 })],
        ["gradient through a stride beyond the kernel", Behind(new Shape(7, 8, 2), new Conv(3, 1, 1), new Conv(4, 1, 1) { StrideHeight = 2, StrideWidth = 3 })],
        ["gradient through dilation", Behind(new Shape(9, 10, 2), new Conv(3, 2, 2), new Conv(2, 3, 3) { DilationHeight = 2, DilationWidth = 3 })],
        ["gradient through dilation and stride", Behind(new Shape(9, 12, 2), new Conv(3, 2, 2), new Conv(2, 3, 3) { DilationHeight = 2, DilationWidth = 3, StrideHeight = 2, StrideWidth = 2 })],
        ["one dimension", Behind(new Shape(1, 21, 3), new Conv(4, 1, 5), new Conv(5, 1, 3) { StrideWidth = 2 })],
        ["many channels", Behind(new Shape(3, 3, 33), new Conv(32, 3, 3), new Conv(9, 3, 3))],
        ["depthwise", Behind(new Shape(6, 11, 2), new Conv(5, 2, 2), new Conv(5, 3, 3) { Groups = 5, Bias = true })],
        ["depthwise with stride and dilation", Behind(new Shape(9, 12, 3), new Conv(3, 3, 3) { Groups = 3, StrideWidth = 2 }, new Conv(3, 3, 3) { Groups = 3, StrideHeight = 2, StrideWidth = 2, DilationWidth = 3 })],
        ["depthwise separable", Networks.Separable],
        ["normalisation behind a convolution", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new BatchNorm())],
        ["normalisation of the input", Behind(new Shape(5, 6, 2), new BatchNorm())],
        ["normalisation behind a pool", Behind(new Shape(6, 6, 2), new Conv(3, 3, 3), new MaxPool(2, 2), new BatchNorm(), new Conv(3, 3, 3))],
        ["normalisation and ReLU", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new BatchNorm(), new Relu(), new Conv(4, 3, 3))],
        ["normalisation, ReLU and pool", Behind(new Shape(7, 9, 2), new Conv(3, 3, 3), new BatchNorm(), new Relu(), new MaxPool(2, 2), new Conv(4, 3, 3))],
        ["normalisation and odd pool", Behind(new Shape(8, 11, 2), new Conv(3, 3, 3), new Conv(3, 3, 3), new BatchNorm(), new MaxPool(3, 2))],
        ["ReLU", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new Relu(), new Conv(4, 3, 3))],
        ["pool", Behind(new Shape(7, 7, 2), new Conv(3, 3, 3), new MaxPool(3, 3))],
        ["global average", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new GlobalAveragePool())],
        ["dropout", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new Dropout(0.4))],
        ["dense layers", Behind(new Shape(2, 3, 2), new Dense(7), new Dense(5) { Bias = false })],
        ["ReLU6", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3) { Bias = true }, new BatchNorm(), new Multiply { Inputs = [1, 1] }, new Relu6(), new Conv(4, 3, 3))],
        ["leaky ReLU", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new LeakyRelu(0.2), new Conv(4, 3, 3))],
        ["hard swish", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new HardSwish(), new Conv(4, 3, 3))],
        ["sigmoid", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new Sigmoid(), new Conv(4, 3, 3))],
        ["tanh", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new Tanh(), new Conv(4, 3, 3))],
        ["SELU", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new Selu(), new Conv(4, 3, 3))],
        ["softmax over channels", Behind(new Shape(5, 6, 2), new Conv(5, 3, 3), new Softmax(), new Conv(4, 3, 3))],
        ["attention", Behind(new Shape(4, 5, 2), new Conv(3, 3, 3), new Conv(3, 1, 1), new Softmax(), new Multiply { Inputs = [0, 2] }, new Conv(4, 3, 3))],
        ["causal", Behind(new Shape(1, 21, 3), new Conv(4, 1, 3) { Causal = true }, new Conv(5, 1, 3) { Causal = true, DilationWidth = 4, StrideWidth = 2 }, new BatchNorm())],
        ["grouped", Behind(new Shape(6, 7, 2), new Conv(6, 2, 2), new Conv(9, 3, 3) { Groups = 3, Bias = true }, new Conv(6, 3, 2) { Groups = 3, StrideHeight = 2, DilationWidth = 2 }, new BatchNorm(), new Relu())],
        ["depthwise with a multiplier", Behind(new Shape(6, 7, 3), new Conv(9, 3, 3) { Groups = 3 }, new BatchNorm(), new Relu(), new Conv(18, 3, 3) { Groups = 9, StrideWidth = 2 })],
        ["transposed", Behind(new Shape(4, 5, 2), new Conv(3, 3, 3), new ConvTranspose(4, 3, 3) { StrideHeight = 2, StrideWidth = 2, Bias = true }, new Conv(3, 3, 3))],
        ["transposed, valid, normalised", Behind(new Shape(4, 5, 2), new Conv(3, 3, 3), new ConvTranspose(5, 4, 2) { StrideHeight = 2, StrideWidth = 3, Padding = Padding.Valid, Bias = true }, new BatchNorm(), new Relu())],
        ["transposed twice", Behind(new Shape(3, 4, 2), new ConvTranspose(4, 3, 3), new ConvTranspose(3, 1, 5) { StrideWidth = 2 })],
        ["transposed beside a convolution", Behind(new Shape(4, 4, 2), new Conv(3, 3, 3), new BatchNorm(), new ConvTranspose(4, 3, 3), new Conv(4, 5, 5) { Inputs = [1] }, new Add { Inputs = [2, 3] })],
        ["LSTM", Behind(new Shape(1, 9, 3), new Lstm(5))],
        ["LSTM on LSTM on a convolution", Behind(new Shape(1, 8, 2), new Conv(17, 1, 3), new Lstm(4) { Sequence = true }, new Lstm(3))],
        ["GRU", Behind(new Shape(1, 9, 3), new Gru(5))],
        ["GRU on GRU on a convolution", Behind(new Shape(1, 8, 2), new Conv(4, 1, 3), new Gru(18) { Sequence = true }, new Gru(3))],
        ["FastGRNN", Behind(new Shape(1, 9, 3), new FastGrnn(5))],
        ["FastGRNN on FastGRNN on a convolution", Behind(new Shape(1, 8, 2), new Conv(4, 1, 3), new FastGrnn(6) { Sequence = true }, new FastGrnn(3))],
        ["states read by a convolution", Behind(new Shape(1, 8, 2), new Lstm(4) { Sequence = true }, new Conv(4, 1, 3), new BatchNorm(), new Relu())],
        ["average pool", Behind(new Shape(7, 8, 2), new Conv(3, 3, 3), new AveragePool(2, 3), new Conv(4, 3, 3))],
        ["pad", Behind(new Shape(5, 4, 2), new Conv(3, 3, 3), new Pad(1, 0, 2, 3), new Conv(4, 3, 3) { Padding = Padding.Valid })],
        ["upsample", Behind(new Shape(3, 4, 2), new Conv(3, 3, 3), new Upsample(2, 3), new Conv(4, 3, 3))],
        ["residual sum", Behind(new Shape(5, 6, 2), new Conv(3, 3, 3), new Conv(3, 3, 3), new Add { Inputs = [0, 1] }, new Conv(4, 3, 3))],
        ["normalised residual sum", Networks.Residual],
        ["sum of three and of one twice", Behind(new Shape(4, 5, 2), new Conv(3, 3, 3), new Conv(3, 3, 3), new Conv(3, 1, 1) { Inputs = [0] }, new Add { Inputs = [0, 1, 2] }, new Add { Inputs = [3, 3] }, new Relu())],
        ["product of a map with itself", Behind(new Shape(4, 5, 2), new Conv(3, 3, 3), new Multiply { Inputs = [0, 0] })],
        ["squeeze and excitation", Behind(new Shape(4, 5, 2), new Conv(3, 3, 3), new BatchNorm(), new Relu(), new GlobalAveragePool(), new Dense(2), new Relu(), new Dense(3), new Sigmoid(), new Multiply { Inputs = [2, 7] }, new Conv(4, 3, 3))],
        ["concatenation of different halos", Behind(new Shape(8, 9, 2), new Conv(3, 3, 3), new BatchNorm(), new Conv(2, 1, 1), new Conv(3, 5, 5) { Inputs = [1] }, new MaxPool(1, 1) { Inputs = [1] }, new Concatenate { Inputs = [2, 3, 4] }, new BatchNorm(), new Relu())],
        ["branches of the input", Behind(new Shape(6, 6, 2), new Conv(3, 3, 3) { StrideHeight = 2, StrideWidth = 2 }, new AveragePool(2, 2) { Inputs = [-1] }, new Concatenate { Inputs = [0, 1] }, new Conv(3, 3, 3))],
        ["dense and convolution on one map", Behind(new Shape(4, 5, 2), new Conv(3, 3, 3), new Relu(), new Conv(3, 3, 3), new GlobalAveragePool(), new Dense(3) { Inputs = [1] }, new Add { Inputs = [3, 4] })],
        ["read again far behind", Behind(new Shape(6, 6, 1), new Conv(3, 3, 3), new BatchNorm(), new Relu(), new Conv(3, 3, 3), new BatchNorm(), new Relu(), new Conv(3, 3, 3), new BatchNorm(), new Add { Inputs = [2, 7] }, new Add { Inputs = [8, 0] })],
        ["NanoNAS", Networks.NanoNas(new Shape(14, 13, 3), 3, 3, 6, 9)],
        ["mixed", Networks.Mixed],
        ["temporal", Networks.Temporal],
    ];
}
