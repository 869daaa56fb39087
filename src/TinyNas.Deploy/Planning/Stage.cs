using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Kernels that run in turns, a few rows at a time: each row of a map between them is computed when a later kernel needs it and
/// given up when none needs it any more, so that of those maps only some rows are ever stored. Nothing is computed twice. What is
/// stored of a map lies in one buffer; rows still needed are moved to its beginning when its end is reached.
/// </summary>
internal sealed class Stage
{
    private readonly ImmutableArray<RowKernel> kernels;
    private readonly Dictionary<int, RowBuffer> buffers;
    private readonly List<StageAction> actions = [];
    private readonly int[] done;

    private Stage(ImmutableArray<RowKernel> kernels, Dictionary<int, RowBuffer> buffers)
    {
        (this.kernels, this.buffers, done) = (kernels, buffers, new int[kernels.Length]);
        Produce(kernels.Length - 1, kernels[^1].Height);
    }

    /// <param name="kernels">In order; all outputs but the last are read by later ones alone, each by one at least.</param>
    public static Stage Of(ImmutableArray<RowKernel> kernels)
    {
        // First with room for everything, to see how much is held at once.
        var stage = new Stage(kernels, Buffers(kernels, _ => int.MaxValue));
        Dictionary<int, RowBuffer> buffers = Buffers(kernels, t => stage.buffers[t].Most);
        foreach (RowKernel kernel in kernels[..^1])
        {
            buffers[kernel.Output].Place = stage.BufferBytes;
            stage.BufferBytes += (stage.buffers[kernel.Output].Most + 3) / 4 * 4;
        }
        return new Stage(kernels, buffers) { BufferBytes = stage.BufferBytes };
    }

    public static Stage Of(Graph graph, PlannedStep step) => Of([.. step.Parts.Select(p => RowKernel.Of(graph, p)!)]);

    public ImmutableArray<RowKernel> Kernels => kernels;

    public IReadOnlyList<StageAction> Actions => actions;

    /// <summary>Of all rows between the kernels.</summary>
    public int BufferBytes { get; private set; }

    /// <summary>Bytes moved within buffers.</summary>
    public long MovedBytes => actions.OfType<StageMove>().Sum(m => (long)m.Bytes);

    /// <summary>
    /// How far the output may lie over an input from outside that dies here: before the first byte that is still to be read when
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
            if (turn.Part == kernels.Length - 1 && pending != int.MaxValue) below = Math.Min(below, pending - (turn.First + turn.Rows) * kernels[^1].RowBytes);
        }
        Overlap none = Overlap.None(inputBytes, outputBytes);
        return none with { Below = Math.Max(below, none.Below) };
    }

    private static Dictionary<int, RowBuffer> Buffers(ImmutableArray<RowKernel> kernels, Func<int, int> bytes) =>
        kernels[..^1].ToDictionary(k => k.Output, k => new RowBuffer(k.RowBytes, bytes(k.Output)));

    private void Produce(int part, int end)
    {
        RowKernel kernel = kernels[part];
        while (done[part] < end)
        {
            int first = done[part], rows = Math.Min(kernel.Together, end - first);
            foreach (var (tensor, map, _) in kernel.Inputs)
                if (buffers.ContainsKey(tensor)) Produce(Producer(tensor), map.End(first + rows));
            if (buffers.TryGetValue(kernel.Output, out RowBuffer? buffer) && buffer.Prepare(Needed(kernel.Output), rows) is { } move) actions.Add(move);
            int place = buffer?.Append(rows) ?? -1;
            actions.Add(new StageTurn(part, first, rows, place, [.. kernel.Inputs.Select(i => Operand(i.Tensor, i.Map, i.RowBytes, first, rows))]));
            done[part] += rows;
        }
    }

    private StageOperand Operand(int tensor, RowMap map, int rowBytes, int first, int rows)
    {
        int begin = map.Begin(first);
        return new StageOperand(tensor, begin, map.End(first + rows) - begin, rowBytes, buffers.TryGetValue(tensor, out RowBuffer? buffer) ? buffer.PlaceOf(begin) : -1);
    }

    private int Producer(int tensor)
    {
        for (int part = 0; ; part++)
            if (kernels[part].Output == tensor) return part;
    }

    /// <summary>The first row of a map that one of its readers has still to read.</summary>
    private int Needed(int tensor)
    {
        int row = int.MaxValue;
        for (int part = 0; part < kernels.Length; part++)
            foreach (var (input, map, _) in kernels[part].Inputs)
                if (input == tensor && done[part] < kernels[part].Height) row = Math.Min(row, map.Begin(done[part]));
        return row;
    }
}
