using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The table from operators to their emitters.</summary>
internal static class OperatorEmitters
{
    private static readonly ImmutableDictionary<OperatorCode, IOperatorEmitter> Table = new Dictionary<OperatorCode, IOperatorEmitter>
    {
        [OperatorCode.Conv2D] = new Conv2DEmitter(),
        [OperatorCode.DepthwiseConv2D] = new DepthwiseConv2DEmitter(),
        [OperatorCode.FullyConnected] = new FullyConnectedEmitter(),
        [OperatorCode.MaxPool2D] = new Pool2DEmitter(),
        [OperatorCode.AveragePool2D] = new Pool2DEmitter(),
        [OperatorCode.Mean] = new MeanEmitter(),
        [OperatorCode.Softmax] = new SoftmaxEmitter(),
        [OperatorCode.Reshape] = new ReshapeEmitter(),
        [OperatorCode.UnidirectionalSequenceLstm] = new LstmEmitter(),
        [OperatorCode.Svdf] = new SvdfEmitter(),
        [OperatorCode.Logistic] = new TableEmitter(),
        [OperatorCode.Tanh] = new TableEmitter(),
        [OperatorCode.Relu] = new TableEmitter(),
        [OperatorCode.Relu6] = new TableEmitter(),
        [OperatorCode.LeakyRelu] = new TableEmitter(),
        [OperatorCode.HardSwish] = new TableEmitter(),
        [OperatorCode.Elu] = new TableEmitter(),
        [OperatorCode.Maximum] = new ExtremumEmitter(),
        [OperatorCode.Minimum] = new ExtremumEmitter(),
        [OperatorCode.Prelu] = new PreluEmitter(),
        [OperatorCode.TransposeConv] = new TransposeConvEmitter(),
        [OperatorCode.ResizeNearestNeighbor] = new ResizeEmitter(),
        [OperatorCode.ResizeBilinear] = new ResizeEmitter(),
        [OperatorCode.ArgMax] = new ArgExtremumEmitter(),
        [OperatorCode.ArgMin] = new ArgExtremumEmitter(),
        [OperatorCode.LogSoftmax] = new LogSoftmaxEmitter(),
        [OperatorCode.Squeeze] = new ReshapeEmitter(),
        [OperatorCode.ExpandDims] = new ReshapeEmitter(),
        [OperatorCode.Transpose] = new RearrangeEmitter(),
        [OperatorCode.Concatenation] = new RearrangeEmitter(),
        [OperatorCode.Pack] = new RearrangeEmitter(),
        [OperatorCode.Unpack] = new RearrangeEmitter(),
        [OperatorCode.Pad] = new RearrangeEmitter(),
        [OperatorCode.PadV2] = new RearrangeEmitter(),
        [OperatorCode.Split] = new RearrangeEmitter(),
        [OperatorCode.Slice] = new RearrangeEmitter(),
        [OperatorCode.StridedSlice] = new RearrangeEmitter(),
        [OperatorCode.Sub] = new AddEmitter(),
        [OperatorCode.Add] = new AddEmitter(),
        [OperatorCode.Mul] = new MulEmitter(),
        [OperatorCode.Quantize] = new QuantizeEmitter(),
        [OperatorCode.Dequantize] = new QuantizeEmitter(),
    }.ToImmutableDictionary();

    public static IEnumerable<OperatorCode> Codes => Table.Keys;

    /// <summary>The declared order of the kernel that runs a step.</summary>
    public static AccessOrder Access(Graph graph, PlannedStep step) =>
        Table.TryGetValue(graph.Operators[step.Operators[0]].Code, out IOperatorEmitter? emitter) ? emitter.Access(graph, step) : AccessOrder.Unordered;

    private static readonly StageEmitter Stages = new();
    private static readonly TableEmitter Tables = new();

    public static IOperatorEmitter Of(EmissionStep step) => step.Stage is not null ? Stages : step.First is PreparedTable ? Tables : Table.TryGetValue(step.First.Operator.Code, out IOperatorEmitter? emitter)
        ? emitter
        : throw new OperatorContext(step.Graph, step.First.Operator).Unsupported("no C can be emitted for it");

    /// <summary>The steps of a plan with their prepared operators.</summary>
    /// <exception cref="TinyNasException">TNAS0302 for the first operator that has no kernel.</exception>
    public static ImmutableArray<EmissionStep> Steps(Graph graph, ExecutionPlan plan) =>
    [
        .. plan.Steps.Select((s, i) => EmissionStep.Of(graph, i, s)),
    ];
}
