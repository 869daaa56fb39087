using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>
/// TFLM is not in the repository, so nothing here compiles the glue. The names of the resolver's methods, as
/// micro_mutable_op_resolver.h of commit 90b983c2 declares them, are facts that can be held.
/// </summary>
[TestClass]
public class TflmGlueTests
{
    private static readonly string[] Methods =
    [
        "AddAdd", "AddArgMax", "AddArgMin", "AddAveragePool2D", "AddConcatenation", "AddConv2D", "AddDepthwiseConv2D", "AddDequantize", "AddElu", "AddExpandDims",
        "AddFullyConnected", "AddHardSwish", "AddLeakyRelu", "AddLogSoftmax", "AddLogistic", "AddMaxPool2D", "AddMaximum", "AddMean", "AddMinimum",
        "AddMul", "AddPack", "AddPad", "AddPadV2", "AddPrelu", "AddQuantize", "AddRelu", "AddRelu6", "AddReshape", "AddResizeBilinear",
        "AddResizeNearestNeighbor", "AddSlice", "AddSoftmax", "AddSplit", "AddSqueeze", "AddStridedSlice", "AddSub", "AddSvdf", "AddTanh",
        "AddTranspose", "AddTransposeConv", "AddUnidirectionalSequenceLSTM", "AddUnpack",
    ];

    public static IEnumerable<object[]> Codes => Enum.GetValues<OperatorCode>().Select(code => new object[] { code });

    [TestMethod]
    [DynamicData(nameof(Codes))]
    public void AnOperatorIsRegisteredByAMethodThatTheLibraryHas(OperatorCode code)
    {
        var builder = new GraphBuilder();
        int x = builder.Activation("x", ElementType.Int8, [1, 4], Quantization.PerTensor(1, 0));
        int y = builder.Activation("y", ElementType.Int8, [1, 4], Quantization.PerTensor(1, 0));
        builder.Add(code, [x], [y], OperatorOptions.None);
        Graph graph = builder.Build([x], [y]);
        string registration = TflmOperators.Of(graph, graph.Operators[0], new Dictionary<string, string>()).Registration;
        CollectionAssert.Contains(Methods, registration[..registration.IndexOf('(', StringComparison.Ordinal)]);
    }
}
