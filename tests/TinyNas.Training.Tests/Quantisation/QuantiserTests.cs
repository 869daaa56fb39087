using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

[TestClass]
public sealed class QuantiserTests
{
    private static readonly InputEncoding Camera = InputEncoding.CameraBytes(3);

    public static IEnumerable<object[]> Orders => LayerOrders.All.Select(o => new object[] { o.Name, o.Network });

    [TestMethod]
    [DynamicData(nameof(Orders))]
    public void TheSkeletonHasTheSizesOfTheQuantisedGraph(string name, Network network)
    {
        Graph skeleton = Lowering.Skeleton(network);
        Graph quantised = Quantise(Networks.Trained(network, 5));
        Assert.AreEqual(skeleton.Tensors.Length, quantised.Tensors.Length, name);
        foreach (var (expected, actual) in skeleton.Tensors.Zip(quantised.Tensors))
        {
            Assert.AreEqual(Outline(expected), Outline(actual), name);
            Assert.AreEqual(expected.Data.Length, actual.Data.Length, name);
            Assert.AreEqual(expected.Quantization?.Scales.Length, actual.Quantization?.Scales.Length, $"{name}: {expected.Name}");
            Assert.AreEqual(expected.Quantization?.Dimension, actual.Quantization?.Dimension, $"{name}: {expected.Name}");
        }
        CollectionAssert.AreEqual(skeleton.Operators.Select(Outline).ToArray(), quantised.Operators.Select(Outline).ToArray(), name);
        Assert.AreEqual(skeleton.ConstantBytes, quantised.ConstantBytes, name);
        Assert.AreEqual(SkeletonTests.Estimate(skeleton), SkeletonTests.Estimate(quantised), name);
    }

    [TestMethod]
    public void ANegativeScaleBehindAMaxPoolCostsOneOperatorMoreThanTheSkeletonHas()
    {
        Network network = LayerOrders.All.Single(o => o.Name == "normalised between pool and ReLU").Network;
        Graph skeleton = Lowering.Skeleton(network);
        Graph quantised = Quantise(Networks.Trained(network, 5, negativeScales: true));
        Assert.AreEqual(skeleton.Operators.Length + 1, quantised.Operators.Length);
        Assert.AreEqual(1, quantised.Operators.Count(o => o.Code == OperatorCode.DepthwiseConv2D));
    }

    [TestMethod]
    public void IntegersKeepToTheInt8Scheme()
    {
        Graph graph = Quantise(Networks.Trained(Networks.NanoNas(5, 2, new Shape(20, 20, 3), 4), 7));
        Assert.AreEqual(1f / 128, graph.Input.Quantization!.Scale);
        Assert.AreEqual(0, graph.Input.Quantization.ZeroPoint);
        Assert.AreEqual(1f / 256, graph.Output.Quantization!.Scale);
        Assert.AreEqual(-128, graph.Output.Quantization.ZeroPoint);
        foreach (Operator op in graph.Operators)
        {
            Tensor input = graph.Tensors[op.Inputs[0]], output = graph.Tensors[op.Outputs[0]];
            if (op.Code == OperatorCode.MaxPool2D) Assert.AreEqual(input.Quantization, output.Quantization);
            if (op.Code is not (OperatorCode.Conv2D or OperatorCode.FullyConnected)) continue;
            Tensor kernel = graph.Tensors[op.Inputs[1]], bias = graph.Tensors[op.Inputs[2]];
            if (op.Code == OperatorCode.Conv2D) Assert.AreEqual(-128, output.Quantization!.ZeroPoint, "a ReLU wastes no value on what it cuts");
            int channels = kernel.Quantization!.Scales.Length;
            Assert.AreEqual(op.Code == OperatorCode.Conv2D ? kernel.Shape[0] : 1, channels);
            for (int c = 0; c < channels; c++)
            {
                sbyte[] weights = kernel.Values<sbyte>().Slice(c * kernel.Count / channels, kernel.Count / channels).ToArray();
                Assert.AreEqual(127, weights.Max(w => Math.Abs((int)w)), "the largest weight uses the whole range");
                Assert.AreEqual(input.Quantization!.Scale * kernel.Quantization.Scales[c], bias.Quantization!.Scales[c]);
                Assert.IsTrue(output.Quantization!.Scale >= bias.Quantization.Scales[c]);
            }
        }
    }

    [TestMethod]
    public void DeadChannelsKeepTheirBiasInsideInt32()
    {
        TrainedNetwork trained = Networks.Trained(Networks.NanoNas(4, 0, new Shape(12, 12, 3), 3), 2);
        float[] kernel = trained.Parameters[0]["kernel"];
        kernel.AsSpan(0, 27).Clear();                                     // weights 0, a bias from the normalisation
        foreach (ref float weight in kernel.AsSpan(27, 27)) weight *= 1e-9f;
        trained.Parameters[1]["gamma"][2] = trained.Parameters[1]["beta"][2] = 0; // weights and bias 0
        Graph graph = Quantise(trained, new QuantisationOptions { BiasCorrection = false });
        Tensor weights = graph.Tensors.Single(t => t.Name == "conv_0_kernel"), bias = graph.Tensors.Single(t => t.Name == "conv_0_bias");
        FoldedLinear folded = new FloatNetwork(trained).Folded[0]!;
        for (int c = 0; c < 4; c++)
        {
            float scale = weights.Quantization!.Scales[c];
            Assert.IsTrue(scale > 0 && float.IsNormal(scale), $"channel {c}: scale {scale}");
            int q = bias.Values<int>()[c];
            Assert.IsTrue(Math.Abs((long)q) <= (1 << 30) + 64, $"channel {c}: bias {q}");
            Assert.AreEqual(folded.Bias[c], q * (double)bias.Quantization!.Scales[c], Math.Abs(folded.Bias[c]) * 1e-6 + bias.Quantization.Scales[c] / 2, $"channel {c}");
        }
    }

    [TestMethod]
    public void ANetworkThatIsAllZeroStillQuantises()
    {
        TrainedNetwork trained = Networks.Trained(Networks.NanoNas(2, 1, new Shape(8, 8, 3), 3), 2);
        foreach (float[] values in trained.Parameters.SelectMany(p => p.Where(e => e.Key is "kernel" or "beta" or "mean" or "bias").Select(e => e.Value))) Array.Clear(values);
        foreach (Tensor tensor in Quantise(trained).Tensors)
        {
            foreach (float scale in tensor.Quantization?.Scales ?? []) Assert.IsTrue(float.IsNormal(scale) && scale > 0, tensor.Name);
            if (tensor.IsConstant && tensor.Name != "mean_0_axes") Assert.IsTrue(tensor.Data.Span.IndexOfAnyExcept((byte)0) < 0, tensor.Name);
        }
    }

    [TestMethod]
    [DataRow(CalibrationMethod.MinMax)]
    [DataRow(CalibrationMethod.Percentile)]
    [DataRow(CalibrationMethod.MeanSquaredError)]
    public void TheSameNetworkAndSamplesGiveTheSameBytes(CalibrationMethod method)
    {
        TrainedNetwork trained = Networks.Trained(Networks.NanoNas(3, 2, new Shape(20, 20, 3), 4), 11);
        var options = new QuantisationOptions { Method = method, BiasCorrection = true };
        Graph first = Quantise(trained, options), second = Quantise(trained, options);
        foreach (var (a, b) in first.Tensors.Zip(second.Tensors))
        {
            CollectionAssert.AreEqual(a.Data.ToArray(), b.Data.ToArray(), a.Name);
            CollectionAssert.AreEqual(a.Quantization?.Scales, b.Quantization?.Scales, a.Name);
            CollectionAssert.AreEqual(a.Quantization?.ZeroPoints, b.Quantization?.ZeroPoints, a.Name);
        }
    }

    private static Graph Quantise(TrainedNetwork trained, QuantisationOptions? options = null)
    {
        Shape shape = trained.Network.Input;
        return Quantiser.Quantise(trained, Camera, MemorySamples.OfPictures(shape, MemorySamples.Pictures(shape, 24, 1)), options ?? new QuantisationOptions());
    }

    private static string Outline(Tensor t) => $"{t.Name} {t.Type} [{string.Join(',', t.Shape)}] {t.IsConstant}";

    private static string Outline(Operator o) => $"{o.Code} {string.Join(',', o.Inputs)} -> {string.Join(',', o.Outputs)} {o.Options} v{o.Version}";
}
