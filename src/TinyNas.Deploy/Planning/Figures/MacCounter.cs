using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Multiply-accumulates as NanoNAS counts them: convolutions and dense layers alone, padding taps included. Convolution
/// Ho Wo kh kw Cin/groups Cout; depthwise Ho Wo kh kw C mult; transposed Hi Wi kh kw Cin Cout; dense in out.
/// </summary>
public static class MacCounter
{
    public static long Of(Graph graph) => graph.Operators.Sum(o => Of(graph, o));

    public static long Of(Graph graph, Operator op)
    {
        switch (op.Code)
        {
            case OperatorCode.Conv2D or OperatorCode.DepthwiseConv2D:
                var map = graph.Tensors[op.Outputs[0]].Shape;
                return (long)map[1] * map[2] * graph.Tensors[op.Inputs[1]].Count;
            case OperatorCode.TransposeConv:
                var smaller = graph.Tensors[op.Inputs[2]].Shape;
                return (long)smaller[1] * smaller[2] * graph.Tensors[op.Inputs[1]].Count;
            case OperatorCode.FullyConnected:
                Tensor weights = graph.Tensors[op.Inputs[1]];
                return (long)graph.Tensors[op.Outputs[0]].Count * weights.Shape[^1];
            default:
                return 0;
        }
    }
}
