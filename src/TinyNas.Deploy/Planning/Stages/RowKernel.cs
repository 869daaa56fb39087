using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>A step whose kernel can compute its output a few rows, or parts of rows, at a time.</summary>
/// <param name="Height">Rows of the output.</param>
/// <param name="Width">Its positions in a row.</param>
/// <param name="Together">Rows that are worth a call.</param>
/// <param name="HasColumns">Whether the kernel can also do a part of a row: none of its constants differs along it.</param>
internal sealed record RowKernel(
    PlannedStep Step, ImmutableArray<PreparedOperator> Prepared, int Output, int Height, int Width, int RowBytes, int Together, bool HasColumns, ImmutableArray<RowInput> Inputs)
{
    /// <summary>Narrow maps take several rows at once: a call should be worth its while.</summary>
    private const int FewestPositions = 12;

    /// <summary>Higher maps than microcontrollers have memory for are not worth the walk.</summary>
    private const int MostRows = 4096;

    /// <summary>Null where the step computes its output as a whole, or there is no kernel for it.</summary>
    public static RowKernel? Of(Graph graph, PlannedStep step)
    {
        int output = StepTensors.Output(graph, step);
        ImmutableArray<int> shape = graph.Tensors[output].Shape;
        if (!step.Parts.IsEmpty || shape.Length != 4 || shape[0] != 1 || shape[1] < 2 || shape[1] > MostRows || shape.Contains(0)) return null;
        ImmutableArray<PreparedOperator> prepared;
        try
        {
            prepared = StepPreparation.Of(graph, step);
        }
        catch (TinyNasException)
        {
            return null;
        }
        var inputs = ImmutableArray.CreateBuilder<RowInput>();
        foreach (int input in StepTensors.Activations(graph, step))
        {
            Tensor tensor = graph.Tensors[input];
            if (!RowReach.Runs(graph, prepared[0], output, input) || tensor.Count == 0) return null;
            var (rows, columns) = RowReach.Of(prepared, tensor);
            inputs.Add(new RowInput(input, rows, columns, tensor.Bytes / rows.Size, tensor.Bytes / rows.Size / columns.Size));
        }
        int together = Math.Clamp((FewestPositions + shape[2] - 1) / shape[2], 1, shape[1]);
        return new RowKernel(
            step, prepared, output, shape[1], shape[2], graph.Tensors[output].Bytes / shape[1], together,
            shape[2] > 1 && RowReach.HasColumns(graph, prepared[0]), inputs.ToImmutable());
    }

    public int PixelBytes => RowBytes / Width;

    /// <summary>Whether an output position sees other input positions than its own.</summary>
    public bool HasWindow => Prepared[0] is PreparedConv2D or PreparedDepthwiseConv2D or PreparedPool2D;

    /// <summary>
    /// The operators' figures for <paramref name="rows"/> output rows from <paramref name="first"/> on and for some columns, of
    /// inputs that begin with the first row read and of which only the columns <paramref name="read"/> are there.
    /// </summary>
    public ImmutableArray<PreparedOperator> Slice(int first, int rows, Columns columns, Columns read)
    {
        if (Prepared[0] is PreparedConv2D conv && Prepared.Length > 1)
        {
            var pool = (PreparedPool2D)Prepared[1];
            int height = pool.Window.FilterHeight, width = pool.Window.FilterWidth;
            Window2D window = Slice(conv.Window, first * height, rows * height, new Columns(columns.Begin * width, columns.Count * width), read);
            Window2D pooled = pool.Window with { InputHeight = rows * height, OutputHeight = rows, InputWidth = columns.Count * width, OutputWidth = columns.Count };
            return [conv with { Window = window }, pool with { Window = pooled }];
        }
        int positions = rows * columns.Count;
        return [Prepared[0] switch
        {
            PreparedConv2D p => p with { Window = Slice(p.Window, first, rows, columns, read) },
            PreparedDepthwiseConv2D p => p with { Window = Slice(p.Window, first, rows, columns, read) },
            PreparedPool2D p => p with { Window = Slice(p.Window, first, rows, columns, read) },
            PreparedAdd p => p with { Shape = Slice(p.Shape, rows, columns) },
            PreparedMul p => p with { Shape = Slice(p.Shape, rows, columns) },
            PreparedPrelu p => p with { Shape = Slice(p.Shape, rows, columns) },
            PreparedExtremum p => p with { Shape = Slice(p.Shape, rows, columns) },
            PreparedTable p => p with { Count = p.Count / (Height * Width) * positions },
            PreparedRescale p => p with { Count = p.Count / (Height * Width) * positions },
            _ => throw new NotSupportedException($"{Prepared[0].GetType().Name} does not run by rows."),
        }];
    }

    private BroadcastShape Slice(BroadcastShape shape, int rows, Columns columns) =>
        columns.Count == Width ? shape.Outermost(rows, Height) : shape.Outermost(rows * columns.Count, Height * Width);

    private static Window2D Slice(Window2D w, int first, int rows, Columns columns, Columns read)
    {
        RowMap map = RowReach.Rows(w);
        int begin = map.Begin(first), end = map.End(first + rows);
        return w with
        {
            InputHeight = end - begin, OutputHeight = rows, PadTop = begin - (first * w.StrideHeight - w.PadTop),
            InputWidth = read.Count, OutputWidth = columns.Count, PadLeft = read.Begin - (columns.Begin * w.StrideWidth - w.PadLeft),
        };
    }
}

/// <summary>Neighbouring positions of a row.</summary>
internal readonly record struct Columns(int Begin, int Count)
{
    public int End => Begin + Count;
}

/// <summary>What a kernel reads of an activation, by rows and by columns.</summary>
internal readonly record struct RowInput(int Tensor, RowMap Rows, RowMap Columns, int RowBytes, int PixelBytes);
