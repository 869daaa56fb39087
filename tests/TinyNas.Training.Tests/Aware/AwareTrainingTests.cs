using System.Runtime.InteropServices;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Aware;

[TestClass]
public sealed class AwareTrainingTests
{
    private static readonly InputEncoding Camera = InputEncoding.CameraBytes(3);

    /// <summary>One encoding whose scale is no power of two and whose zero point is not zero.</summary>
    private static readonly InputEncoding Odd = new(ElementType.Float32, [0, 0, 0], [1, 1, 1], 0.0213f, 11);

    private static Network Of(string name) => name switch
    {
        "plain" => Networks.NanoNas(new Shape(12, 12, 3), 3, 5, 9),
        "separable" => new Network(new Shape(11, 9, 3),
        [
            new Conv(6, 3, 3) { StrideHeight = 2 }, new BatchNorm(), new Relu6(), new Conv(6, 3, 3) { Groups = 6 }, new BatchNorm(), new Relu(),
            new Conv(8, 1, 1), new BatchNorm(), new Relu(), new AveragePool(2, 3), new Dense(7), new Relu(), new Dense(3),
        ]),
        "residual" => new Network(new Shape(8, 8, 3),
        [
            new Conv(6, 3, 3), new BatchNorm(), new Relu(), new Conv(6, 3, 3), new BatchNorm(), new Add { Inputs = [2, 4] }, new Relu(),
            new Conv(6, 1, 1), new BatchNorm(), new Add { Inputs = [6, 8] }, new Pad(0, 1, 1, 0), new Conv(5, 2, 2) { Padding = Padding.Valid, Bias = true },
            new GlobalAveragePool(), new Dense(3),
        ]),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static AwareTraining Begin(string name, InputEncoding encoding, ThresholdMethod method, int bits, KernelSet? kernels = null)
    {
        Network network = Of(name);
        ArraySource samples = ArraySource.Noise(network.Input, 3, 64, 3);
        var options = new TrainingOptions { Seed = 1, BatchSize = 32, LearningRate = 1e-3, Epochs = 3 };
        return AwareTraining.Begin(Quantisation.Networks.Trained(network, 4), encoding, samples, samples, options,
            new QuantisationOptions { Threshold = method, WeightBits = bits }, kernels ?? KernelSet.Best);
    }

    /// <summary>The forward pass of the trained network is the integer graph's, tensor by tensor, to the last bit.</summary>
    [TestMethod]
    [DataRow("plain", ThresholdMethod.PowerOfTwo, 8)]
    [DataRow("plain", ThresholdMethod.LearnedStep, 4)]
    [DataRow("separable", ThresholdMethod.PowerOfTwo, 4)]
    [DataRow("separable", ThresholdMethod.LearnedStep, 8)]
    [DataRow("residual", ThresholdMethod.PowerOfTwo, 8)]
    [DataRow("residual", ThresholdMethod.LearnedStep, 8)]
    public void TheForwardPassEqualsTheIntegerKernels(string name, ThresholdMethod method, int bits)
    {
        foreach (InputEncoding encoding in (InputEncoding[])[Camera, Odd])
        {
            using AwareTraining training = Begin(name, encoding, method, bits);
            Compare(training, encoding, name + ", untrained");
            for (int epoch = 0; epoch < 3; epoch++) Assert.IsNull(training.RunEpoch(CancellationToken.None).Diverged);
            Compare(training, encoding, name + ", trained");
        }
    }

    private static unsafe void Compare(AwareTraining training, InputEncoding encoding, string what)
    {
        Graph graph = training.Snapshot();
        var interpreter = new Interpreter(graph);
        TrainingPlan plan = training.Plan;
        RandomStream random = RandomStream.Create(8);
        for (int lane = 0; lane < 16; lane++)
            for (int i = 0; i < plan.Input.Shape.Count; i++)
                plan.Input.At(0, 0, 0)[Offset(plan.Input, i) + lane] = (float)(encoding.Scale * (60 * random.NextNormal()));
        float[][] inputs = [.. Enumerable.Range(0, 16).Select(lane => Enumerable.Range(0, plan.Input.Shape.Count).Select(i => plan.Input.At(0, 0, 0)[Offset(plan.Input, i) + lane]).ToArray())];
        plan.Forward(0);
        int[] tensors = [.. graph.Operators.Select(o => o.Outputs[0])];
        int compared = 0;
        for (int lane = 0; lane < 16; lane++)
        {
            Span<sbyte> input = MemoryMarshal.Cast<byte, sbyte>(interpreter.Input());
            for (int i = 0; i < input.Length; i++)
                input[i] = (sbyte)Math.Clamp(MathF.Round(inputs[lane][i] / encoding.Scale, MidpointRounding.AwayFromZero) + encoding.ZeroPoint, -128, 127);
            interpreter.Invoke();
            // The last operator is the softmax, which the loss has.
            for (int stage = 0; stage < training.Network.Outputs.Count; stage++)
            {
                FeatureMap map = plan.OutputOf(training.Network.Outputs[stage]);
                Tensor tensor = graph.Tensors[tensors[stage]];
                sbyte[] expected = MemoryMarshal.Cast<byte, sbyte>(interpreter.TensorBytes(tensors[stage])).ToArray();
                sbyte[] actual = [.. Enumerable.Range(0, expected.Length).Select(i => (sbyte)(map.At(0, 0, 0)[Offset(map, i) + lane] + tensor.Quantization!.ZeroPoint))];
                CollectionAssert.AreEqual(expected, actual, $"{what}, {tensor.Name}");
                compared += expected.Distinct().Count() > 1 ? 1 : 0;
            }
        }
        Assert.IsGreaterThan(16, compared, "constant tensors prove nothing");
    }

    private static nint Offset(FeatureMap map, int index)
    {
        int channels = map.Shape.Channels, pixel = index / channels;
        return pixel / map.Shape.Width * map.Row + pixel % map.Shape.Width * map.Step + index % channels * 16;
    }

    [TestMethod]
    public void EveryWidthOfVectorsGivesTheSameGraph()
    {
        byte[] Bytes(int width)
        {
            using AwareTraining training = Begin("residual", Camera, ThresholdMethod.LearnedStep, 8, KernelSet.Create(width));
            training.RunEpoch(CancellationToken.None);
            return TfliteWriter.Write(training.Snapshot());
        }
        byte[] expected = Bytes(16);
        foreach (int width in (int[])[8, 4, 1]) CollectionAssert.AreEqual(expected, Bytes(width), $"{width} lanes");
    }

    [TestMethod]
    public void PowerOfTwoScalesArePowersOfTwo()
    {
        using AwareTraining training = Begin("residual", Camera, ThresholdMethod.PowerOfTwo, 4);
        for (int epoch = 0; epoch < 3; epoch++) training.RunEpoch(CancellationToken.None);
        foreach (Tensor tensor in training.Snapshot().Tensors.Where(t => t.Type == ElementType.Int8 && t.Quantization is not null))
            foreach (float scale in tensor.Quantization!.Scales) Assert.AreEqual(0, BitConverter.SingleToInt32Bits(scale) & 0x7FFFFF, tensor.Name);
        Assert.IsTrue(training.Snapshot().Tensors.Where(t => t.IsConstant && t.Type == ElementType.Int8).All(t => t.Values<sbyte>().ToArray().All(w => Math.Abs((int)w) <= 7)));
    }

    [TestMethod]
    public void AnOperatorThatIsNotTrainedIsNamed()
    {
        var network = new Network(new Shape(6, 6, 1), [new Conv(4, 3, 3), new BatchNorm(), new HardSwish(), new GlobalAveragePool(), new Dense(2)]);
        ArraySource samples = ArraySource.Noise(network.Input, 2, 16);
        var problem = Assert.ThrowsExactly<TinyNasException>(() => AwareTraining.Begin(
            Quantisation.Networks.Trained(network, 1), InputEncoding.CameraBytes(1), samples, samples, new TrainingOptions(), new QuantisationOptions()));
        Assert.AreEqual("TNAS0303", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, "hard_swish");
    }
}
