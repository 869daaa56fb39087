using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

/// <summary>Every order of convolution, normalisation, ReLU and pooling that spaces and users write, with the operators that must be left.</summary>
internal static class LayerOrders
{
    private static readonly Shape Map = new(9, 8, 3);

    private static readonly Layer[] Head = [new GlobalAveragePool(), new Dropout(0.5), new Dense(4)];

    /// <summary>Operators before the softmax, with normalisation scales that are positive, and with some that are not.</summary>
    public static IEnumerable<(string Name, Network Network, string Operators, string OperatorsWhenNegative)> All { get; } =
    [
        Order("normalised before the ReLU", "conv mean dense", C(5), B, R),
        Order("normalised before pool and ReLU", "conv pool mean dense", C(5), B, P, R),
        Order("normalised between pool and ReLU", "conv pool mean dense", "conv pool scale mean dense", C(5), P, B, R),
        Order("normalised behind the ReLU", "conv mean dense", C(5), R, B),
        Order("normalised behind ReLU and pool, then padded", "conv pool scale conv mean dense", C(5), R, P, B, C(4), R),
        Order("normalised behind ReLU and pool, then valid", "conv pool conv mean dense", C(5), R, P, B, C(4) with { Padding = Padding.Valid }, R),
        Order("normalised behind ReLU and pool, then 1x1", "conv pool conv mean dense", C(5), R, P, B, new Conv(4, 1, 1), R),
        Order("normalised behind ReLU, before a pool, then padded", "conv pool scale conv mean dense", "conv scale pool conv mean dense", C(5), R, B, P, C(4), R),
        Order("normalised behind ReLU, before a pool, then valid", "conv pool conv mean dense", "conv scale pool conv mean dense", C(5), R, B, P, C(4) with { Padding = Padding.Valid }, R),
        Order("normalised input, padded", "scale conv mean dense", B, C(5), R),
        Order("normalised input, valid", "conv mean dense", B, C(5) with { Padding = Padding.Valid }, R),
        Order("normalised twice", "conv mean dense", C(5), B, B, R),
        Order("normalised twice around a pool", "conv pool mean dense", "conv pool scale mean dense", C(5), B, P, B, R),
        Order("normalised on both sides of a valid convolution", "conv conv mean dense", C(5), R, B, C(4) with { Padding = Padding.Valid }, B, R),
        Order("with biases everywhere", "conv pool conv mean dense", C(5) with { Bias = true }, B, R, P, C(4) with { Bias = true }, B, R),
        Order("depthwise, normalised on both sides", "conv depthwise conv mean dense", C(4), R, B,
            new Conv(8, 3, 3) { Groups = 4, Padding = Padding.Valid }, B, R, new Conv(6, 1, 1), B, R),
        Order("grouped, normalised on both sides", "conv conv mean dense", C(4), R, B, new Conv(6, 2, 3) { Groups = 2, Padding = Padding.Valid }, B, R),
        Order("strided and dilated", "conv conv mean dense", new Conv(5, 3, 2) { StrideHeight = 2, StrideWidth = 3 }, B, R, new Conv(4, 2, 1) { DilationHeight = 2 }, B, R),
        Order("without any ReLU", "conv pool conv mean dense", C(5), B, P, C(4), B),
        Order("two ReLUs", "conv mean dense", C(5), R, R),
        Order("ReLU of the input", "scale conv mean dense", R, C(5), R),
        Bare("normalised behind the mean", "conv mean dense", C(5), R, new GlobalAveragePool(), B, new Dense(4)),
        Bare("ReLU behind the mean", "conv mean scale dense", C(5), new GlobalAveragePool(), B, R, new Dense(4)),
        Bare("ReLU behind the mean of a ReLU", "conv mean dense", C(5), R, new GlobalAveragePool(), R, new Dense(4)),
        Bare("normalised and cut behind the mean of a ReLU", "conv mean scale dense", C(5), R, new GlobalAveragePool(), B, R, new Dense(4)),
        Bare("flattened", "conv dense", C(5), R, B, new Dense(4)),
        Bare("two dense layers", "dense dense", new Dense(7), B, R, B, new Dense(4) { Bias = false }),
        Bare("convolutional scores", "conv conv mean", C(5), B, R, new Dropout(0.5), new Conv(4, 1, 1), new GlobalAveragePool()),
        Order("ReLU6", "conv pool conv mean dense", C(5), B, new Relu6(), P, C(4), new Relu6()),
        Order("ReLU6 behind ReLU and a pool", "conv pool mean dense", C(5), R, P, new Relu6()),
        Bare("ReLU6 behind the mean of a ReLU", "conv mean scale dense", C(5), R, new GlobalAveragePool(), new Relu6(), new Dense(4)),
        Bare("ReLU behind the mean of a ReLU6", "conv mean dense", C(5), new Relu6(), new GlobalAveragePool(), R, new Dense(4)),
        Order("averaged in windows", "conv average conv mean dense", C(5), B, R, new AveragePool(2, 3), C(4), R),
        Order("normalised behind an average", "conv average mean dense", C(5), new AveragePool(2, 2), B),
        Order("residual", "conv conv conv add conv mean dense", C(4), B, R, C(4), B, R, C(4), B, new Add { Inputs = [2, 7] }, R, C(3), R),
        Order("residual with a projection", "conv conv conv add mean dense", C(4), B, R, C(6) with { StrideHeight = 2 }, B,
            new Conv(6, 1, 1) { StrideHeight = 2, Inputs = [2] }, B, new Add { Inputs = [4, 6] }, new Relu6()),
        Order("normalised behind a sum", "conv conv add scale mean dense", C(4), R, C(4), new Add { Inputs = [1, 2] }, B, R),
        Order("read before its ReLU", "conv scale conv add mean dense", C(4), B, R, C(4), new Add { Inputs = [1, 3] }),
        Order("read before its normalisation", "conv scale conv add mean dense", C(4), B, R, C(4), new Add { Inputs = [0, 3] }),
        Order("pooled and read before its ReLU", "conv pool scale conv add mean dense", C(4), P, R, C(4), new Add { Inputs = [1, 3] }),
        Order("read by a pool and by others", "conv pool scale conv pool add mean dense", C(4), P, R, new Conv(4, 3, 3) { Inputs = [0] }, P, new Add { Inputs = [2, 4] }),
        Order("the sum of three, and the input", "conv add add add mean dense", new Conv(3, 3, 3), B, new Add { Inputs = [-1, 1, 1] }, new Add { Inputs = [2, -1] }),
        Bare("a sum of vectors", "conv mean dense dense add dense", C(4), R, new GlobalAveragePool(), new Dense(5), new Dense(5) { Inputs = [2] }, new Add { Inputs = [3, 4] }, R, new Dense(4)),
        Bare("a sum of means", "conv conv mean mean add dense", C(4), R, C(4), R, new GlobalAveragePool { Inputs = [1] }, new GlobalAveragePool { Inputs = [3] }, new Add { Inputs = [4, 5] }, new Dense(4)),
        Order("leaky ReLU", "conv pool leaky_relu conv mean dense", "conv pool leaky_relu conv mean dense", C(5), B, P, new LeakyRelu(0.1), C(4), R),
        Order("hard swish, normalised on both sides", "conv hard_swish conv mean dense", C(5), B, new HardSwish(), B, C(4) with { Padding = Padding.Valid }, R),
        Order("normalised behind a function, then padded", "conv tanh scale conv mean dense", C(5), new Tanh(), B, C(4), R),
        Order("sigmoid and tanh, multiplied", "conv sigmoid conv tanh multiply mean dense", C(4), new Sigmoid(), C(4) with { Inputs = [-1] }, new Tanh(), new Multiply { Inputs = [1, 3] }),
        Order("squeeze and excitation", "conv mean dense dense sigmoid multiply conv mean dense", C(6), B, R, new GlobalAveragePool(), new Dense(3), R, new Dense(6), new Sigmoid(), new Multiply { Inputs = [2, 7] }, C(4), R),
        Order("excitation by convolutions", "conv mean conv hard_swish multiply mean dense", C(6), B, R, new GlobalAveragePool(), new Conv(6, 1, 1) { Bias = true }, new HardSwish(), new Multiply { Inputs = [2, 5] }, R),
        Order("product with the mean, cut", "conv mean multiply mean dense", C(6), new GlobalAveragePool(), new Multiply { Inputs = [0, 1] }, R),
        Order("concatenated branches", "conv pool conv pool concatenate conv mean dense", C(4), B, R, P, C(3) with { Inputs = [-1] }, B, R, P, new Concatenate { Inputs = [3, 7] }, C(4), R),
        Order("concatenated with what others read", "conv conv requantise concatenate scale mean dense", C(4), B, R, C(3), new Concatenate { Inputs = [2, 3] }, B, R),
        Order("concatenated with the input and a function", "conv tanh requantise requantise concatenate conv mean dense", C(4), new Tanh(), new Concatenate { Inputs = [-1, 1] }, C(4), R),
        Order("concatenations in concatenations", "conv conv concatenate pool conv pool concatenate mean dense", C(4), R, C(3) with { Inputs = [-1] }, new Concatenate { Inputs = [1, 2] }, P,
            C(2) with { Inputs = [-1] }, P, new Concatenate { Inputs = [4, 6] }),
        Order("a map beside itself", "conv requantise requantise concatenate mean dense", C(4), R, new Concatenate { Inputs = [1, 1] }),
        Order("repeated pixels, cut and convolved", "conv pool upsample conv mean dense", C(5), B, P, new Upsample(2, 3), R, C(4), R),
        Order("normalised behind repeated pixels", "conv pool upsample scale conv mean dense", C(5), R, P, new Upsample(2, 2), B, C(4), R),
        Order("attention over channels", "conv conv inner_softmax multiply mean dense", C(5), R, C(5), new Softmax(), new Multiply { Inputs = [1, 3] }),
        Order("causal in time", "conv pad conv mean dense", C(5), B, R, new Conv(4, 1, 3) { Causal = true, DilationWidth = 2 }, B, R),
        Order("normalised before a causal one", "conv scale pad conv mean dense", C(5), R, B, new Conv(4, 3, 3) { Causal = true }, R),
        Order("transposed, normalised, cut", "conv pool transposed conv mean dense", C(5), B, R, P, new ConvTranspose(4, 3, 3) { StrideHeight = 2, StrideWidth = 2 }, B, R, C(4), R),
        Order("transposed, valid, with bias", "conv pool scale transposed mean dense", "conv scale pool transposed mean dense", C(5), R, B, P, new ConvTranspose(4, 2, 3) { StrideHeight = 3, Padding = Padding.Valid, Bias = true }),
        Order("transposed and concatenated", "conv pool transposed transposed requantise concatenate mean dense", C(5), B, R, P,
            new ConvTranspose(4, 2, 2) { StrideHeight = 2 }, R, new ConvTranspose(3, 3, 3) { StrideHeight = 2, Inputs = [3] }, new Concatenate { Inputs = [5, 6] }),
        Order("padded, then cut", "conv pad conv mean dense", C(5), B, new Pad(1, 2, 0, 3), R, C(4) with { Padding = Padding.Valid }, R),
        Order("normalised before and behind zeros", "conv scale pad scale conv mean dense", C(5), R, B, new Pad(1, 1, 1, 1), B, C(4), R),
        Bare("vectors and a mean, concatenated", "conv mean dense mean concatenate dense", C(4), R, new GlobalAveragePool(), new Dense(3), new GlobalAveragePool { Inputs = [1] },
            new Concatenate { Inputs = [3, 4] }, new Dense(4)),
        Bare("a function of the mean, then a convolution", "conv mean tanh conv mean", C(4), R, new GlobalAveragePool(), new Tanh(), new Conv(4, 1, 1), new GlobalAveragePool()),
        Bare("a branch that nobody uses", "conv mean dense", C(4), R, new Conv(7, 1, 1), new GlobalAveragePool { Inputs = [1] }, new Dense(4)),
    ];

    private static Layer B => new BatchNorm();

    private static Layer R => new Relu();

    private static Layer P => new MaxPool(2, 2);

    private static Conv C(int filters) => new(filters, 3, 3);

    private static (string, Network, string, string) Order(string name, string operators, params Layer[] layers) =>
        Bare(name, operators, [.. layers, .. Head]);

    private static (string, Network, string, string) Order(string name, string operators, string whenNegative, params Layer[] layers) =>
        (name, new Network(Map, [.. layers, .. Head]), operators, whenNegative);

    private static (string, Network, string, string) Bare(string name, string operators, params Layer[] layers) =>
        (name, new Network(Map, [.. layers]), operators, operators);
}
