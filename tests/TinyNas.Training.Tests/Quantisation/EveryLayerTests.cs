using System.Collections.Immutable;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

/// <summary>
/// Every kind of layer: it trains, and then becomes operators that both runtimes have, or it is refused by name from the
/// network alone, before anything is trained.
/// </summary>
[TestClass]
public sealed class EveryLayerTests
{
    private static readonly Shape Map = new(8, 9, 3);

    private static readonly Layer[] Head = [new GlobalAveragePool(), new Dense(3)];

    /// <summary>Layer, what it stands in, and the operators that it becomes; null where it is refused.</summary>
    public static IEnumerable<object?[]> Kinds =>
    [
        Kind(new Conv(4, 3, 3), "Conv2D"),
        Kind(new Conv(4, 3, 3) { StrideHeight = 2, DilationWidth = 2, Bias = true }, "Conv2D"),
        Kind(new Conv(3, 3, 3) { Groups = 3 }, "DepthwiseConv2D"),
        Kind(new Conv(6, 3, 3) { Groups = 3 }, "DepthwiseConv2D"),
        Kind(new Conv(4, 1, 3) { Causal = true }, "Pad Conv2D"),
        Kind(new BatchNorm(), "Conv2D"),
        Kind(new Relu(), "Conv2D"),
        Kind(new Relu6(), "Conv2D"),
        Kind(new LeakyRelu(), "Conv2D LeakyRelu"),
        Kind(new HardSwish(), "Conv2D HardSwish"),
        Kind(new Sigmoid(), "Conv2D Logistic"),
        Kind(new Tanh(), "Conv2D Tanh"),
        Kind(new MaxPool(2, 2), "MaxPool2D"),
        Kind(new AveragePool(2, 2), "AveragePool2D"),
        Kind(new Dropout(0.5), ""),
        Kind(new Pad(1, 2, 0, 1), "Pad"),
        Kind(new Upsample(2, 2), "ResizeNearestNeighbor"),
        Kind(new ConvTranspose(4, 3, 3) { StrideHeight = 2, StrideWidth = 2 }, "TransposeConv"),
        Kind(new Selu(), null),
        Kind(new Lstm(4), null),
        Kind(new Gru(4), null),
        Kind(new FastGrnn(4), null),
        Kind(new Softmax(), "Softmax"),
        Kind(new Add { Inputs = [-1, -1] }, "Add"),
        Kind(new Multiply { Inputs = [-1, -1] }, "Mul"),
        Kind(new Concatenate { Inputs = [-1, -1] }, "Quantize Quantize Concatenation"),
        Kind(new GlobalAveragePool(), "Mean"),
        Kind(new Dense(5), "FullyConnected"),
    ];

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void ALayerThatTrainsIsLoweredOrRefusedByName(string name, Network network, string? operators)
    {
        Graph skeleton;
        try
        {
            skeleton = Lowering.Skeleton(network);
        }
        catch (TinyNasException refusal)
        {
            Assert.AreEqual("TNAS0303", refusal.Diagnostic.Code);
            StringAssert.Contains(refusal.Message, $"({name})");
            Assert.IsNull(operators, refusal.Message);
            return;
        }
        IEnumerable<string> codes = skeleton.Operators.Select(o => o.Code.ToString());
        Assert.StartsWith(operators!, string.Join(' ', codes));

        ArraySource samples = ArraySource.Noise(network.Input, 3, 32);
        using ITrainingRun run = new ManagedTrainer().Begin(network, new TrainingOptions(), samples);
        Assert.IsNull(run.RunEpoch(CancellationToken.None).Diverged);
        Graph graph = Quantiser.Quantise(run.Snapshot(), new InputEncoding(ElementType.Float32, [0, 0, 0], [1, 1, 1], 1f / 32, 0), samples, new QuantisationOptions());
        CollectionAssert.AreEqual(codes.ToArray(), graph.Operators.Select(o => o.Code.ToString()).ToArray());
        foreach (RuntimeKind runtime in Enum.GetValues<RuntimeKind>())
            FirmwareEmitter.Emit(new EmissionRequest(graph, new ModelCard("Net"), Budget.Unlimited) { Runtimes = [runtime] });
        new Interpreter(graph).Invoke();
    }

    [TestMethod]
    public void NoKindIsForgotten() => CollectionAssert.AreEquivalent(
        typeof(Layer).Assembly.GetTypes().Where(t => t.IsPublic && t.IsAssignableTo(typeof(Layer)) && !t.IsAbstract).Select(t => t.Name).ToArray(),
        Kinds.Select(k => (string)k[0]!).Distinct().ToArray());

    private static object?[] Kind(Layer layer, string? operators)
    {
        Layer[] before = layer is BatchNorm or Activation ? [new Conv(4, 3, 3)] : [];
        return [layer.GetType().Name, new Network(Map, [.. before, layer, .. layer is GlobalAveragePool or Dense ? Head[1..] : Head]), operators];
    }
}
