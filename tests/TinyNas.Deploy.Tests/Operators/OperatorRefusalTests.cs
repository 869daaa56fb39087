using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>What TensorFlow Lite Micro has no kernel for either is refused by name, with the reason.</summary>
[TestClass]
public class OperatorRefusalTests
{
    [TestMethod]
    public void AnInt64IndexIsRefused() => Refused(
        g => g.Apply(OperatorCode.ArgMax, [g.Input([1, 4]), g.Integers(1)], new ArgMaxOptions(ElementType.Int64), [1], null, ElementType.Int64),
        "ARG_MAX", "its output is Int64");

    [TestMethod]
    public void BilinearResizingOfFloatsIsRefused() => Refused(
        g => g.Apply(OperatorCode.ResizeBilinear, [g.Input([1, 2, 2, 1], type: ElementType.Float32), g.Integers(4, 4)], new ResizeOptions(false, false), [1, 4, 4, 1], null, ElementType.Float32),
        "RESIZE_BILINEAR", "it is on Float32");

    [TestMethod]
    public void AlignedCornersWithHalfPixelsAreRefused() => Refused(
        g => g.Apply(OperatorCode.ResizeBilinear, [g.Input([1, 2, 2, 1]), g.Integers(4, 4)], new ResizeOptions(true, true), [1, 4, 4, 1], g.Scale()),
        "RESIZE_BILINEAR", "aligned corners and half pixel centers");

    [TestMethod]
    public void DequantisingInt32IsRefused() => Refused(
        g => g.Apply(OperatorCode.Dequantize, [g.Input([1, 4], Quantization.PerTensor(1, 0), ElementType.Int32)], OperatorOptions.None, [1, 4], null, ElementType.Float32),
        "DEQUANTIZE", "its input is Int32");

    [TestMethod]
    public void QuantisingUInt8ToInt16IsRefused() => Refused(
        g => g.Apply(OperatorCode.Quantize, [g.Input([1, 4], Quantization.PerTensor(1, 3), ElementType.UInt8)], OperatorOptions.None, [1, 4], Quantization.PerTensor(1, 0), ElementType.Int16),
        "QUANTIZE", "from UInt8 to Int16 there is no kernel");

    [TestMethod]
    public void AZeroPointOfInt16IsRefused() => Refused(
        g => g.Apply(OperatorCode.Quantize, [g.Input([1, 4])], OperatorOptions.None, [1, 4], Quantization.PerTensor(1, 3), ElementType.Int16),
        "QUANTIZE", "its output has a zero point outside its type");

    [TestMethod]
    public void LogarithmsOfAnotherScaleAreRefused() => Refused(
        g => g.Apply(OperatorCode.LogSoftmax, [g.Input([1, 4])], OperatorOptions.None, [1, 4], Quantization.PerTensor(1f / 8, 127)),
        "LOG_SOFTMAX", "scale 1/16 and zero point 127");

    [TestMethod]
    public void ATransposedConvolutionOfAnotherShapeIsRefused() => Refused(
        g =>
        {
            int filter = g.Constant([2, 3, 3, 1], Quantization.PerTensor(0.01f, 0));
            return g.Apply(OperatorCode.TransposeConv, [g.Integers(1, 8, 8, 2), filter, g.Input([1, 4, 4, 1])], new TransposeConvOptions(Padding.Same, 2, 2), [1, 8, 7, 2], g.Scale());
        },
        "TRANSPOSE_CONV", "its shape is not that of its output");

    private static void Refused(Func<SmallGraph, int> build, string name, string reason)
    {
        var g = new SmallGraph(2);
        Graph graph = g.Build(build(g));
        var problem = Assert.ThrowsExactly<TinyNasException>(() => OperatorPreparation.PrepareAll(graph));
        Assert.AreEqual("TNAS0302", problem.Diagnostic.Code);
        StringAssert.Contains(problem.Message, name);
        StringAssert.Contains(problem.Message, reason);
    }
}
