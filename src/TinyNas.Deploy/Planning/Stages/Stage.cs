using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Kernels that run in turns, a few rows at a time: each row of a map between them is computed when a later kernel needs it and
/// given up when none needs it any more, so that of those maps only some rows are ever stored. Nothing is computed twice. What is
/// stored of a map lies in one buffer; rows still needed are moved to its beginning when its end is reached.
/// <para>
/// In strips, the output is computed a range of columns at a time, and what the strips have in common is computed for each: the
/// buffers hold parts of rows (patch-based inference, MCUNetV2, with patches as high as the map).
/// </para>
/// </summary>
internal sealed class Stage
{
    private readonly ImmutableArray<RowKernel> kernels;
    private readonly List<StageAction> actions = [];
    private readonly int[] most, places, done;
    private Dictionary<int, RowBuffer> buffers = [];
    private Columns[] columns = [];

    private Stage(ImmutableArray<RowKernel> kernels, int strips, int[]? room)
    {
        this.kernels = kernels;
        (most, places, done) = (new int[kernels.Length], new int[kernels.Length], new int[kernels.Length]);
        for (int k = 0; room is not null && k < kernels.Length - 1; k++)
        {
            places[k] = BufferBytes;
            BufferBytes += (room[k] + 3) / 4 * 4;
        }
        Strips = strips;
        for (int strip = 0; strip < strips; strip++) Strip(strip, room);
    }

    /// <param name="kernels">In order; all outputs but the last are read by later ones alone, each by one at least.</param>
    /// <param name="strips">More than 1 only where all kernels have columns.</param>
    public static Stage Of(ImmutableArray<RowKernel> kernels, int strips) => new(kernels, strips, new Stage(kernels, strips, null).most);

    public static Stage Of(Graph graph, PlannedStep step) => Of([.. step.Parts.Select(p => RowKernel.Of(graph, p)!)], step.Strips);

    public ImmutableArray<RowKernel> Kernels => kernels;

    public int Strips { get; }

    public IReadOnlyList<StageAction> Actions => actions;

    /// <summary>Of all rows between the kernels.</summary>
    public int BufferBytes { get; }

    /// <summary>Bytes moved within buffers.</summary>
    public long MovedBytes => actions.OfType<StageMove>().Sum(m => (long)m.Bytes);

    /// <summary>Multiply-accumulates beyond those of the operators.</summary>
    public long RepeatedMacs(Graph graph) => kernels.Select((kernel, part) =>
    {
        long positions = actions.OfType<StageTurn>().Where(t => t.Part == part).Sum(t => (long)t.Rows * t.Columns.Count), all = (long)kernel.Height * kernel.Width;
        long macs = kernel.Step.Operators.Sum(o => MacCounter.Of(graph, graph.Operators[o]));
        return Math.Max(0, positions - all) * (macs / all);
    }).Sum();

    /// <summary>
    /// How far the output may lie over an input from outside that dies here: before the first row that is still to be read when
    /// a row is written.
    /// </summary>
    public Overlap Over(int input, int inputBytes, int outputBytes)
    {
        int below = int.MaxValue, pending = int.MaxValue;
        for (int k = actions.Count - 1; k >= 0; k--)
        {
            if (actions[k] is not StageTurn turn) continue;
            foreach (StageOperand read in turn.Reads)
                if (read.Tensor == input) pending = Math.Min(pending, read.FirstRow * read.RowBytes);
            if (turn.IsOutside && pending != int.MaxValue) below = Math.Min(below, pending - (turn.First + turn.Rows) * kernels[^1].RowBytes);
        }
        Overlap none = Overlap.None(inputBytes, outputBytes);
        return none with { Below = Math.Max(below, none.Below) };
    }

    private void Strip(int strip, int[]? room)
    {
        int width = kernels[^1].Width, begin = width * strip / Strips;
        columns = new Columns[kernels.Length];
        columns[^1] = new Columns(begin, width * (strip + 1) / Strips - begin);
        for (int k = kernels.Length - 2; k >= 0; k--) columns[k] = Strips == 1 ? new Columns(0, kernels[k].Width) : Needed(k);
        buffers = Enumerable.Range(0, kernels.Length - 1).ToDictionary(
            k => kernels[k].Output, k => new RowBuffer(columns[k].Count * kernels[k].PixelBytes, room?[k] ?? int.MaxValue) { Place = places[k] });
        Array.Clear(done);
        Produce(kernels.Length - 1, kernels[^1].Height);
        for (int k = 0; k < kernels.Length - 1; k++) most[k] = Math.Max(most[k], buffers[kernels[k].Output].Most);
    }

    /// <summary>The columns of a map that the columns of its readers are made of.</summary>
    private Columns Needed(int part)
    {
        int begin = int.MaxValue, end = 0;
        for (int k = part + 1; k < kernels.Length; k++)
            foreach (RowInput input in kernels[k].Inputs)
                if (input.Tensor == kernels[part].Output)
                    (begin, end) = (Math.Min(begin, input.Columns.Begin(columns[k].Begin)), Math.Max(end, input.Columns.End(columns[k].End)));
        return new Columns(begin, end - begin);
    }

    private void Produce(int part, int end)
    {
        RowKernel kernel = kernels[part];
        // Parts of rows of a whole map, or of a wider buffer, do not follow each other.
        int together = Strips > 1 && (part == kernels.Length - 1 || !kernel.HasWindow) ? 1 : kernel.Together;
        while (done[part] < end)
        {
            int first = done[part], rows = Math.Min(together, end - first);
            foreach (RowInput input in kernel.Inputs)
                if (buffers.ContainsKey(input.Tensor)) Produce(Producer(input.Tensor), input.Rows.End(first + rows));
            bool isOutside = !buffers.TryGetValue(kernel.Output, out RowBuffer? buffer);
            if (buffer?.Prepare(FirstNeeded(kernel.Output), rows) is { } move) actions.Add(move);
            int place = buffer?.Append(rows) ?? first * kernel.RowBytes + columns[part].Begin * kernel.PixelBytes;
            actions.Add(new StageTurn(part, first, rows, columns[part], isOutside, place, [.. kernel.Inputs.Select(i => Operand(kernel, columns[part], i, first, rows))]));
            done[part] += rows;
        }
    }

    private StageOperand Operand(RowKernel kernel, Columns own, RowInput input, int first, int rows)
    {
        int begin = input.Rows.Begin(first), end = input.Rows.End(first + rows);
        bool isOutside = !buffers.TryGetValue(input.Tensor, out RowBuffer? buffer);
        Columns there = isOutside ? new Columns(0, input.Columns.Size) : columns[Producer(input.Tensor)];
        int place = buffer?.PlaceOf(begin) ?? begin * input.RowBytes;
        // Without a window, a kernel begins with the column that it computes.
        if (!kernel.HasWindow) (place, there) = (place + (own.Begin - there.Begin) * input.PixelBytes, own);
        return new StageOperand(input.Tensor, begin, end - begin, input.RowBytes, there, isOutside, place);
    }

    private int Producer(int tensor)
    {
        for (int part = 0; ; part++)
            if (kernels[part].Output == tensor) return part;
    }

    /// <summary>The first row of a map that one of its readers has still to read.</summary>
    private int FirstNeeded(int tensor)
    {
        int row = int.MaxValue;
        for (int part = 0; part < kernels.Length; part++)
            foreach (RowInput input in kernels[part].Inputs)
                if (input.Tensor == tensor && done[part] < kernels[part].Height) row = Math.Min(row, input.Rows.Begin(done[part]));
        return row;
    }
}
