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
    public void BranchesReadAsDocumented()
    {
        Network network = NetworkJson.Read("""
            {"input": [8, 8, 3], "layers": [
              {"type": "conv", "filters": 3, "kernel": [3, 3]}, {"type": "add", "inputs": [0, -1]}, {"type": "relu6"}, {"type": "leakyRelu", "slope": 0.2},
              {"type": "hardSwish"}, {"type": "averagePool", "window": [2, 4]}, {"type": "upsample", "window": [2, 4]}, {"type": "multiply", "inputs": [4, 6]},
              {"type": "concatenate", "inputs": [7, 0]}, {"type": "pad", "border": [1, 2, 3, 4]}, {"type": "sigmoid"}, {"type": "tanh"}, {"type": "dense", "units": 2}]}
            """);
        Assert.AreEqual(new Shape(12, 14, 6), network.Shapes()[^2]);
        CollectionAssert.AreEqual(new[] { 0, -1 }, network.InputsOf(1).ToArray());
        CollectionAssert.AreEqual(new[] { 7, 0 }, network.InputsOf(8).ToArray());
        Assert.AreEqual((new LeakyRelu(0.2), new AveragePool(2, 4), new Pad(1, 2, 3, 4)), (network.Layers[3], network.Layers[5], network.Layers[9]));
    }

    [TestMethod]
    public void SequencesReadAsDocumented()
    {
        Network network = NetworkJson.Read("""
            {"input": [1, 8, 4], "layers": [
              {"type": "conv", "filters": 6, "kernel": [1, 3], "padding": "causal", "groups": 2}, {"type": "selu"}, {"type": "softmax"},
              {"type": "convTranspose", "filters": 5, "kernel": [1, 4], "stride": [1, 2], "padding": "valid", "bias": true},
              {"type": "lstm", "units": 3, "sequence": true}, {"type": "gru", "units": 4, "sequence": true}, {"type": "fastGrnn", "units": 5}]}
            """);
        Layer[] expected =
        [
            new Conv(6, 1, 3) { Causal = true, Groups = 2 }, new Selu(), new Softmax(), new ConvTranspose(5, 1, 4) { StrideWidth = 2, Padding = Padding.Valid, Bias = true },
            new Lstm(3) { Sequence = true }, new Gru(4) { Sequence = true }, new FastGrnn(5),
        ];
        CollectionAssert.AreEqual(expected, network.Layers);
        CollectionAssert.AreEqual(new[] { 8, 8, 8, 18, 18, 18, 1 }, network.Shapes().Select(s => s.Width).ToArray());
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("""{"input": [1, 2], "layers": []}""")]
    [DataRow("""{"input": [1, 2, 3], "layers": [{"type": "lstm"}]}""")]
    [DataRow("""{"input": [1, 2, 3], "layers": [{"type": "conv", "filters": 8}]}""")]
    [DataRow("""{"input": [1, 2, 3], "layers": [{"type": "conv", "filters": 8, "kernel": [1, 1], "padding": "full"}]}""")]
    public void AnythingElseIsRefused(string text) => Assert.ThrowsExactly<JsonException>(() => NetworkJson.Read(text));
}
