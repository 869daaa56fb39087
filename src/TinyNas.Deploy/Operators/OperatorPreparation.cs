using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// The table from operators to their preparation. To add an operator: write its kernel in TinyNas.Runtime, a Prepared…
/// record with a Prepare function beside the others here, a line in <see cref="Preparers"/>, a step in
/// Interpretation and a line in <see cref="StepTable"/>, an emitter for C, a call in the bindings, and tests against a golden model.
/// </summary>
public static class OperatorPreparation
{
    private static readonly ImmutableDictionary<OperatorCode, Func<OperatorContext, PreparedOperator>> Preparers =
        new Dictionary<OperatorCode, Func<OperatorContext, PreparedOperator>>
        {
            [OperatorCode.Conv2D] = ConvolutionPreparation.Conv2D,
            [OperatorCode.DepthwiseConv2D] = ConvolutionPreparation.DepthwiseConv2D,
            [OperatorCode.FullyConnected] = FullyConnectedPreparation.Prepare,
            [OperatorCode.MaxPool2D] = PoolPreparation.Prepare,
            [OperatorCode.AveragePool2D] = PoolPreparation.Prepare,
            [OperatorCode.Mean] = MeanPreparation.Prepare,
            [OperatorCode.Softmax] = SoftmaxPreparation.Prepare,
            [OperatorCode.Reshape] = CopyPreparation.Prepare,
            [OperatorCode.Squeeze] = CopyPreparation.Prepare,
            [OperatorCode.ExpandDims] = CopyPreparation.Prepare,
            [OperatorCode.Sub] = ArithmeticPreparation.Sub,
            [OperatorCode.Transpose] = RearrangePreparation.Transpose,
            [OperatorCode.Concatenation] = RearrangePreparation.Concatenate,
            [OperatorCode.Pack] = RearrangePreparation.Pack,
            [OperatorCode.Pad] = RearrangePreparation.Pad,
            [OperatorCode.PadV2] = RearrangePreparation.Pad,
            [OperatorCode.Split] = SlicePreparation.Split,
            [OperatorCode.Unpack] = SlicePreparation.Unpack,
            [OperatorCode.Slice] = SlicePreparation.Slice,
            [OperatorCode.StridedSlice] = SlicePreparation.StridedSlice,
            [OperatorCode.UnidirectionalSequenceLstm] = LstmPreparation.Prepare,
            [OperatorCode.Svdf] = SvdfPreparation.Prepare,
            [OperatorCode.Logistic] = TablePreparation.Logistic,
            [OperatorCode.Tanh] = TablePreparation.Tanh,
            [OperatorCode.Relu] = TablePreparation.Relu,
            [OperatorCode.Relu6] = TablePreparation.Relu6,
            [OperatorCode.LeakyRelu] = TablePreparation.LeakyRelu,
            [OperatorCode.HardSwish] = TablePreparation.HardSwish,
            [OperatorCode.Elu] = TablePreparation.Elu,
            [OperatorCode.Maximum] = ArithmeticPreparation.Extremum,
            [OperatorCode.Minimum] = ArithmeticPreparation.Extremum,
            [OperatorCode.Prelu] = ArithmeticPreparation.Prelu,
            [OperatorCode.TransposeConv] = ConvolutionPreparation.TransposeConv,
            [OperatorCode.ResizeNearestNeighbor] = ResizePreparation.Nearest,
            [OperatorCode.ResizeBilinear] = ResizePreparation.Bilinear,
            [OperatorCode.ArgMax] = ArgExtremumPreparation.Prepare,
            [OperatorCode.ArgMin] = ArgExtremumPreparation.Prepare,
            [OperatorCode.LogSoftmax] = LogSoftmaxPreparation.Prepare,
            [OperatorCode.Add] = ArithmeticPreparation.Add,
            [OperatorCode.Mul] = ArithmeticPreparation.Mul,
            [OperatorCode.Quantize] = QuantizePreparation.Quantize,
            [OperatorCode.Dequantize] = QuantizePreparation.Dequantize,
        }.ToImmutableDictionary();

    /// <summary>Computes what the kernel of <paramref name="operator"/> needs.</summary>
    /// <exception cref="TinyNasException">TNAS0302: no kernel for the operator, its types or options.</exception>
    public static PreparedOperator Prepare(Graph graph, Operator @operator)
    {
        var context = new OperatorContext(graph, @operator);
        return Preparers.TryGetValue(@operator.Code, out var prepare)
            ? prepare(context)
            : throw context.Unsupported("there is no kernel for it");
    }

    /// <summary>All operators of the graph in order.</summary>
    /// <exception cref="TinyNasException">TNAS0302, for the first that has no kernel.</exception>
    public static ImmutableArray<PreparedOperator> PrepareAll(Graph graph) => [.. graph.Operators.Select(o => Prepare(graph, o))];
}
