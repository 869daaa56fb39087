using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Operators whose emitted kernel may write over the input that dies there, at the same offset. Element-wise kernels read
/// element i before they write it. A pool without leading padding writes pixel (y, x) of a map no wider than the input's
/// after all taps of that pixel and channel are read; the taps of every later pixel lie behind it.
/// </summary>
internal static class InPlaceRule
{
    public static bool Allows(Graph graph, Operator op) => op.Code switch
    {
        OperatorCode.Softmax => true,
        OperatorCode.Add => graph.Tensors[op.Inputs[0]].Shape.AsSpan().SequenceEqual(graph.Tensors[op.Inputs[1]].Shape.AsSpan()),
        OperatorCode.MaxPool2D or OperatorCode.AveragePool2D => HasNoLeadingPadding(graph, op),
        _ => false,
    };

    private static bool HasNoLeadingPadding(Graph graph, Operator op)
    {
        var pool = (Pool2DOptions)op.Options;
        var x = graph.Tensors[op.Inputs[0]].Shape;
        var y = graph.Tensors[op.Outputs[0]].Shape;
        return pool.Padding == Padding.Valid
            || ((y[1] - 1) * pool.StrideHeight + pool.FilterHeight - x[1] < 2 && (y[2] - 1) * pool.StrideWidth + pool.FilterWidth - x[2] < 2);
    }
}
