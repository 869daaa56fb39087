using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>The figures that emitters read.</summary>
[TestClass]
public class OperatorPreparationTests
{
    [TestMethod]
    public void PaddingPutsTheOddRowAtTheEnd()
    {
        Graph graph = RandomNetwork.Images(2);
        var conv = (PreparedConv2D)OperatorPreparation.Prepare(graph, graph.Operators[0]);
        Assert.AreEqual((50, 50, 1, 1), (conv.Window.OutputHeight, conv.Window.OutputWidth, conv.Window.PadTop, conv.Window.PadLeft));
        var second = (PreparedConv2D)OperatorPreparation.Prepare(graph, graph.Operators[2]);
        // 25 positions by stride 2 under 3: 13 outputs reach over 27, one more on each side.
        Assert.AreEqual((13, 1), (second.Window.OutputHeight, second.Window.PadTop));
    }

    [TestMethod]
    public void OneScaleIsMultipliedInSinglePrecisionAndSeveralInDouble()
    {
        // In float32 the product of these is rounded up, so that the multipliers differ in their last bits.
        const float input = 0.1f, weight = 0.3f;
        PreparedFullyConnected one = Dense(input, [weight]), several = Dense(input, [weight, weight]);
        Assert.AreEqual(1, one.Requantization.Multipliers.Length);
        Assert.AreEqual(2, several.Requantization.Multipliers.Length);
        Assert.AreEqual((int)Math.Round((double)(input * weight) * Math.ScaleB(1, 36)), one.Requantization.Multipliers[0]);
        Assert.AreEqual((int)Math.Round((double)input * weight * Math.ScaleB(1, 36)), several.Requantization.Multipliers[0]);
        Assert.AreNotEqual(one.Requantization.Multipliers[0], several.Requantization.Multipliers[0]);
        Assert.AreEqual(-5, one.Requantization.Shifts[0]);
    }

    [TestMethod]
    [DataRow(FusedActivation.None, -128, 127)]
    [DataRow(FusedActivation.Relu, -8, 127)]
    [DataRow(FusedActivation.Relu6, -8, 112)]
    [DataRow(FusedActivation.ReluN1To1, -28, 12)]
    public void ActivationsLeaveTheirRange(FusedActivation activation, int minimum, int maximum) =>
        Assert.AreEqual((minimum, maximum), ActivationRange.Int8(activation, 0.05f, -8));

    private static PreparedFullyConnected Dense(float inputScale, ImmutableArray<float> weightScales)
    {
        var b = new GraphBuilder();
        int x = b.Activation("x", ElementType.Int8, [1, 2], Quantization.PerTensor(inputScale, 0));
        int w = b.Constant<sbyte>("w", ElementType.Int8, [2, 2], [1, 2, 3, 4], Quantization.PerChannel(weightScales, 0));
        int y = b.Activation("y", ElementType.Int8, [1, 2], Quantization.PerTensor(1, 0));
        b.Add(OperatorCode.FullyConnected, [x, w], [y], new FullyConnectedOptions());
        Graph graph = b.Build([x], [y]);
        return (PreparedFullyConnected)OperatorPreparation.Prepare(graph, graph.Operators[0]);
    }
}
