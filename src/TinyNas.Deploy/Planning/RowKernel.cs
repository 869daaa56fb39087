using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>A step whose kernel can compute its output a few rows at a time.</summary>
internal sealed record RowKernel(PlannedStep Step, ImmutableArray<PreparedOperator> Prepared, int Output, int Height, int RowBytes, int Together, ImmutableArray<(int Tensor, RowMap Map, int RowBytes)> Inputs)
{
    /// <summary>Narrow maps take several rows at once: a call should be worth its while.</summary>
    private const int FewestPositions = 12;

    /// <summary>Null where the step computes its output as a whole, or there is no kernel for it.</summary>
    public static RowKernel? Of(Graph graph, PlannedStep step)
    {
        int output = StepTensors.Output(graph, step);
        ImmutableArray<int> shape = graph.Tensors[output].Shape;
        if (!step.Parts.IsEmpty || shape.Length != 4 || shape[0] != 1 || shape[1] < 2) return null;
        ImmutableArray<PreparedOperator> prepared;
        try
        {
            prepared = StepPreparation.Of(graph, step);
        }
        catch (TinyNasException)
        {
            return null;
        }
        var inputs = ImmutableArray.CreateBuilder<(int, RowMap, int)>();
        foreach (int input in StepTensors.Activations(graph, step))
        {
            Tensor tensor = graph.Tensors[input];
            if (MapOf(graph, prepared, output, input) is not { } map) return null;
            inputs.Add((input, map, tensor.Bytes / map.Height));
        }
        int together = Math.Clamp((FewestPositions + shape[2] - 1) / shape[2], 1, shape[1]);
        return new RowKernel(step, prepared, output, shape[1], graph.Tensors[output].Bytes / shape[1], together, inputs.ToImmutable());
    }

    /// <summary>The operators' figures for <paramref name="rows"/> output rows from <paramref name="first"/> on, of inputs that begin with the first row read.</summary>
    public ImmutableArray<PreparedOperator> Slice(int first, int rows)
    {
        if (Prepared[0] is PreparedConv2D { } conv && Prepared.Length > 1)
        {
            var pool = (PreparedPool2D)Prepared[1];
            int height = pool.Window.FilterHeight;
            Window2D window = Slice(conv.Window, first * height, rows * height);
            return [conv with { Window = window }, pool with { Window = pool.Window with { InputHeight = rows * height, OutputHeight = rows } }];
        }
        return [Prepared[0] switch
        {
            PreparedConv2D p => p with { Window = Slice(p.Window, first, rows) },
            PreparedDepthwiseConv2D p => p with { Window = Slice(p.Window, first, rows) },
            PreparedPool2D p => p with { Window = Slice(p.Window, first, rows) },
            PreparedAdd p => p with { Shape = p.Shape.Rows(rows, Height) },
            PreparedMul p => p with { Shape = p.Shape.Rows(rows, Height) },
            PreparedPrelu p => p with { Shape = p.Shape.Rows(rows, Height) },
            PreparedExtremum p => p with { Shape = p.Shape.Rows(rows, Height) },
            PreparedTable p => p with { Count = p.Count / Height * rows },
            PreparedRescale p => p with { Count = p.Count / Height * rows },
            _ => throw new NotSupportedException($"{Prepared[0].GetType().Name} does not run by rows."),
        }];
    }

    private static Window2D Slice(Window2D w, int first, int rows)
    {
        RowMap map = MapOf(w);
        int begin = map.Begin(first), end = map.End(first + rows);
        return w with { InputHeight = end - begin, OutputHeight = rows, PadTop = begin - (first * w.StrideHeight - w.PadTop) };
    }

    private static RowMap? MapOf(Graph graph, ImmutableArray<PreparedOperator> prepared, int output, int input) => prepared[0] switch
    {
        PreparedConv2D p when prepared.Length > 1 => Pooled(MapOf(p.Window), ((PreparedPool2D)prepared[1]).Window),
        PreparedConv2D p => MapOf(p.Window),
        PreparedDepthwiseConv2D p => MapOf(p.Window),
        PreparedPool2D p => MapOf(p.Window),
        PreparedAdd or PreparedMul or PreparedPrelu or PreparedExtremum when ByRows(graph, prepared[0], output) => RowMap.Same(graph.Tensors[input].Shape[1]),
        PreparedTable or PreparedRescale => RowMap.Same(graph.Tensors[input].Shape[1]),
        _ => null,
    };

    private static RowMap MapOf(Window2D w) => new(w.StrideHeight, w.PadTop, (w.FilterHeight - 1) * w.DilationHeight, w.InputHeight);

    private static RowMap Pooled(RowMap map, Window2D pool) =>
        map with { Stride = map.Stride * pool.StrideHeight, Reach = map.Reach + (pool.FilterHeight - 1) * map.Stride };

    /// <summary>Whether activations have the output's shape, and constants are the same for every row.</summary>
    private static bool ByRows(Graph graph, PreparedOperator prepared, int output)
    {
        foreach (int input in prepared.Operator.Inputs)
        {
            Tensor tensor = graph.Tensors[input];
            if (!tensor.IsConstant && !tensor.Shape.SequenceEqual(graph.Tensors[output].Shape)) return false;
            if (tensor.IsConstant && tensor.Shape.Length >= 3 && tensor.Shape[^3] != 1) return false;
        }
        return true;
    }
}
