using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Which operators can run by rows, and what their output rows and columns are made of.</summary>
internal static class RowReach
{
    /// <summary>Whether an operator's rows can be computed on their own: a window, or functions of elements whose constants are the same for every row.</summary>
    public static bool Runs(Graph graph, PreparedOperator prepared, int output, int input) => prepared switch
    {
        PreparedConv2D or PreparedDepthwiseConv2D or PreparedPool2D => true,
        PreparedTable or PreparedRescale => graph.Tensors[input].Shape.SequenceEqual(graph.Tensors[output].Shape),
        PreparedAdd or PreparedMul or PreparedPrelu or PreparedExtremum => prepared.Operator.Inputs.Select(i => graph.Tensors[i])
            .All(t => t.IsConstant ? t.Shape.Length < 3 || t.Shape[^3] == 1 : t.Shape.SequenceEqual(graph.Tensors[output].Shape)),
        _ => false,
    };

    /// <summary>Whether parts of rows can be.</summary>
    public static bool HasColumns(Graph graph, PreparedOperator prepared) =>
        prepared is PreparedConv2D or PreparedDepthwiseConv2D or PreparedPool2D or PreparedTable
        || prepared.Operator.Inputs.Select(i => graph.Tensors[i]).All(t => !t.IsConstant || t.Shape.Length < 2 || t.Shape[^2] == 1);

    public static (RowMap Rows, RowMap Columns) Of(ImmutableArray<PreparedOperator> prepared, Tensor input) => prepared[0] switch
    {
        PreparedConv2D p when prepared.Length > 1 => Pooled(p.Window, ((PreparedPool2D)prepared[1]).Window),
        PreparedConv2D p => (Rows(p.Window), Columns(p.Window)),
        PreparedDepthwiseConv2D p => (Rows(p.Window), Columns(p.Window)),
        PreparedPool2D p => (Rows(p.Window), Columns(p.Window)),
        _ => (RowMap.Same(input.Shape[1]), RowMap.Same(input.Shape[2])),
    };

    public static RowMap Rows(Window2D w) => new(w.StrideHeight, w.PadTop, (w.FilterHeight - 1) * w.DilationHeight, w.InputHeight);

    private static RowMap Columns(Window2D w) => new(w.StrideWidth, w.PadLeft, (w.FilterWidth - 1) * w.DilationWidth, w.InputWidth);

    private static (RowMap, RowMap) Pooled(Window2D w, Window2D pool)
    {
        RowMap rows = Rows(w), columns = Columns(w);
        return (
            rows with { Stride = rows.Stride * pool.StrideHeight, Reach = rows.Reach + (pool.FilterHeight - 1) * rows.Stride },
            columns with { Stride = columns.Stride * pool.StrideWidth, Reach = columns.Reach + (pool.FilterWidth - 1) * columns.Stride });
    }
}
