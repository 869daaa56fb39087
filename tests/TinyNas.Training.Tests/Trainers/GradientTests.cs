using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>
/// Gradients against central differences of the loss in double precision. Errors are relative to the largest gradient of
/// the parameter: single precision gives 1e-7 to 1e-5, a wrong tap or border far more than the tolerance of 1e-4.
/// </summary>
[TestClass]
public class GradientTests
{
    private static readonly Dense Head = new(3);

    private static Network Behind(Shape input, params Layer[] layers) => new(input, [.. layers, Head]);

    public static IEnumerable<object[]> Cases =>
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

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void GradientsAreTheSlopesOfTheLoss(string name, Network network)
    {
        const int batch = 32;
        ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, batch, seed: 5);
        using var plan = new TrainingPlan(network, new TrainingOptions { BatchSize = batch, Seed = 3 }, KernelSet.Best);
        plan.Commit();
        Disturb(plan);
        var loader = new BatchLoader(samples, plan.Input, batch, seed: 0);
        loader.BeginEpoch(0);
        loader.Load(0);
        var (inputs, targets) = Batch(plan, loader);
        double loss = plan.ForwardBackward(loader.Targets, 0);

        var parameters = Values(plan, network.Layers.Length);
        var reference = new ReferenceNetwork(network, seed: 3);
        double expected = reference.Loss(inputs, targets, parameters);
        Assert.AreEqual(expected, loss, 1e-5 * Math.Abs(expected), $"{name}: loss");
        foreach (Parameter parameter in plan.Parameters.All.Where(p => p.Trained))
            Compare(name, parameter, index => Slope(reference, inputs, targets, parameters, parameters[parameter.Layer][parameter.Name], index));
    }

    [TestMethod]
    public void NoKindOfLayerIsForgotten() => CollectionAssert.IsSubsetOf(
        typeof(Layer).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Layer)) && !t.IsAbstract && t.IsPublic).ToArray(),
        Cases.SelectMany(c => ((Network)c[1]).Layers).Select(layer => layer.GetType()).Distinct().ToArray());

    [TestMethod]
    public void NoOptimiserIsForgotten() => CollectionAssert.IsSubsetOf(
        typeof(Optimizer).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Optimizer)) && !t.IsAbstract).ToArray(),
        OptimizerTests.Cases.Select(c => c[1].GetType()).Distinct().ToArray());

    private static void Compare(string name, Parameter parameter, Func<int, double> slope)
    {
        // Every parameter of small layers; an evenly spread part of large ones.
        int stride = Math.Max(1, parameter.Count / 12);
        double largest = 0, worst = 0;
        for (int i = 0; i < parameter.Count; i++) largest = Math.Max(largest, Math.Abs(parameter.GradientSpan[i]));
        for (int i = 0; i < parameter.Count; i += stride) worst = Math.Max(worst, Math.Abs(slope(i) - parameter.GradientSpan[i]));
        // Adding a constant before a normalisation changes nothing: such gradients are rounding alone.
        Assert.IsLessThan(1e-4 * Math.Max(largest, 1e-2), worst, $"{name}: {parameter.Name} of layer {parameter.Layer}, largest gradient {largest}");
    }

    private static double Slope(
        ReferenceNetwork reference, double[][] inputs, int[] targets, IReadOnlyList<Dictionary<string, double[]>> parameters, double[] values, int index)
    {
        double was = values[index], step = 1e-6;
        values[index] = was + step;
        double up = reference.Loss(inputs, targets, parameters);
        values[index] = was - step;
        double down = reference.Loss(inputs, targets, parameters);
        values[index] = was;
        return (up - down) / (2 * step);
    }

    /// <summary>Biases, gammas and betas away from zero and one, some gammas negative.</summary>
    private static void Disturb(TrainingPlan plan)
    {
        RandomStream stream = RandomStream.Create(11);
        foreach (Parameter parameter in plan.Parameters.All.Where(p => p.Trained))
            foreach (ref float value in parameter.Span)
                if (parameter.Name != "kernel") value = (float)(stream.NextNormal() * 0.7 + (parameter.Name == "gamma" ? 0.5 : 0));
    }

    private static (double[][] Inputs, int[] Targets) Batch(TrainingPlan plan, BatchLoader loader)
    {
        Shape shape = plan.Input.Shape;
        var inputs = new double[plan.BatchSize][];
        for (int n = 0; n < inputs.Length; n++)
        {
            inputs[n] = new double[shape.Count];
            for (int i = 0; i < shape.Count; i++)
                inputs[n][i] = plan.Input.Pixel(n / 16, i / shape.Channels / shape.Width, i / shape.Channels % shape.Width)[i % shape.Channels * 16 + n % 16];
        }
        return (inputs, loader.Targets.ToArray());
    }

    private static List<Dictionary<string, double[]>> Values(TrainingPlan plan, int layers)
    {
        var values = Enumerable.Range(0, layers).Select(_ => new Dictionary<string, double[]>()).ToList();
        foreach (Parameter p in plan.Parameters.All) values[p.Layer][p.Name] = [.. p.Span.ToArray().Select(v => (double)v)];
        return values;
    }
}
