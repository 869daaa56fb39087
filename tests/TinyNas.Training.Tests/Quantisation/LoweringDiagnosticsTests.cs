using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

[TestClass]
public sealed class LoweringDiagnosticsTests
{
    private sealed record Swirl : Layer;

    public static IEnumerable<object[]> Unsupported =>
    [
        [new Layer[] { new Conv(4, 3, 3), new Swirl(), new GlobalAveragePool() }, "Layer 1 (Swirl)"],
        [new Layer[] { new Dense(4), new Conv(4, 1, 1) }, "Layer 1 (Conv)"],
        [new Layer[] { new Dense(4), new Relu(), new BatchNorm(), new Relu(), new Dense(3) }, "Layer 3 (Relu)"],
        [new Layer[] { new Conv(4, 3, 3), new Relu() }, "Layer 1 (Relu)"],
        [new Layer[] { new Conv(4, 3, 3) { Groups = 2 }, new GlobalAveragePool() }, "Layer 0 (Conv)"],
        [new Layer[] { new Conv(4, 3, 3), new Relu { Inputs = [0, -1] }, new GlobalAveragePool() }, "Layer 1 (Relu)"],
        [new Layer[] { new Conv(4, 9, 9) { Padding = Padding.Valid }, new GlobalAveragePool() }, "Layer 0 (Conv)"],
        [new Layer[] { new Conv(4, 3, 3), new MaxPool(7, 1), new GlobalAveragePool() }, "Layer 1 (MaxPool)"],
        [new Layer[] { new Conv(4, 3, 3), new Add { Inputs = [0, -1] }, new GlobalAveragePool() }, "Layer 1 (Add)"],
        [new Layer[] { new Conv(4, 3, 3), new Selu(), new GlobalAveragePool() }, "Layer 1 (Selu)"],
        [new Layer[] { new GlobalAveragePool(), new Dense(3), new Softmax() }, "Layer 2 (Softmax)"],
        [new Layer[] { new Conv(4, 3, 3), new Multiply { Inputs = [0, -1] }, new GlobalAveragePool() }, "Layer 1 (Multiply)"],
        [new Layer[] { new Conv(4, 3, 3), new MaxPool(2, 2), new Concatenate { Inputs = [0, 1] }, new GlobalAveragePool() }, "Layer 2 (Concatenate)"],
        [new Layer[] { new Conv(4, 3, 3), new GlobalAveragePool(), new Dense(4), new Conv(4, 1, 1) { Inputs = [1] }, new Concatenate { Inputs = [2, 3] }, new GlobalAveragePool() }, "Layer 4 (Concatenate)"],
        [new Layer[] { new Dense(3), new Pad(1, 1, 1, 1), new GlobalAveragePool() }, "Layer 1 (Pad)"],
        [new Layer[] { new Dense(3), new Add { Inputs = [0, 0] }, new Conv(4, 1, 1) }, "Layer 2 (Conv)"],
        [Array.Empty<Layer>(), "6x6x3"],
    ];

    [TestMethod]
    [DynamicData(nameof(Unsupported))]
    public void ALayerWithoutAnIntegerFormIsNamed(Layer[] layers, string named)
    {
        var error = Assert.ThrowsExactly<TinyNasException>(() => Lowering.Skeleton(new Network(new Shape(6, 6, 3), [.. layers])));
        Assert.AreEqual("TNAS0303", error.Diagnostic.Code);
        StringAssert.Contains(error.Message, named);
    }
}
