using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>What one operator costs; operators stand in the order in which they run.</summary>
/// <param name="ConstantBytes">Weights, biases and other constants it reads.</param>
/// <param name="OutputBytes">Of its first output; 0 where the next operator is fused with it, so that it is never written.</param>
internal sealed record LayerFigures(int Index, int Step, string Kind, string Output, string Shape, long Macs, long ConstantBytes, long OutputBytes)
{
    public static ImmutableArray<LayerFigures> Of(Graph graph, ExecutionPlan plan)
    {
        var written = plan.Tensors.Select(t => t.Tensor).ToHashSet();
        return
        [
            .. plan.Steps.SelectMany((step, t) => step.AllOperators.Select(o => (Operator: o, Step: t))).Select(p =>
            {
                Operator op = graph.Operators[p.Operator];
                Tensor output = graph.Tensors[op.Outputs[0]];
                long constants = op.Inputs.Where(i => i >= 0 && graph.Tensors[i].IsConstant).Sum(i => (long)graph.Tensors[i].Bytes);
                return new LayerFigures(p.Operator, p.Step, op.Code.Name(), TensorName.Short(output.Name), ReportFormat.Shape(graph, op.Outputs[0]),
                    MacCounter.Of(graph, op), constants, written.Contains(op.Outputs[0]) ? output.Bytes : 0);
            }),
        ];
    }
}
