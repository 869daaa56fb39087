using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Training.Tests;

[TestClass]
public class NetworkJsonTests
{
    [TestMethod]
    public void EveryLayerReadsAsDocumented()
    {
        Network network = NetworkJson.Read("""
            {"input": [50, 40, 3], "layers": [
              {"type": "conv", "filters": 8, "kernel": [3, 5], "stride": [1, 2], "dilation": [2, 1], "groups": 1, "padding": "valid", "bias": true},
              {"type": "batchNorm", "momentum": 0.9, "epsilon": 0.01}, {"type": "relu"}, {"type": "maxPool", "window": [2, 3]},
              {"type": "globalAveragePool"}, {"type": "dropout", "rate": 0.5}, {"type": "dense", "units": 2, "bias": false}]}
            """);
        Layer[] expected =
        [
            new Conv(8, 3, 5) { StrideWidth = 2, DilationHeight = 2, Padding = Padding.Valid, Bias = true },
            new BatchNorm(0.9, 0.01), new Relu(), new MaxPool(2, 3), new GlobalAveragePool(), new Dropout(0.5), new Dense(2) { Bias = false },
        ];
        Assert.AreEqual(new Shape(50, 40, 3), network.Input);
        CollectionAssert.AreEqual(expected, network.Layers);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("""{"input": [1, 2], "layers": []}""")]
    [DataRow("""{"input": [1, 2, 3], "layers": [{"type": "lstm"}]}""")]
    [DataRow("""{"input": [1, 2, 3], "layers": [{"type": "conv", "filters": 8}]}""")]
    [DataRow("""{"input": [1, 2, 3], "layers": [{"type": "conv", "filters": 8, "kernel": [1, 1], "padding": "full"}]}""")]
    public void AnythingElseIsRefused(string text) => Assert.ThrowsExactly<JsonException>(() => NetworkJson.Read(text));
}
