using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Which runs of steps to make stages of. Every run of neighbouring steps that can be one has its bytes at the worst moment and
/// its additional work; a dynamic program over the places to cut finds, for a limit of bytes, the cuts with the least work.
/// </summary>
internal sealed class StageSearch
{
    /// <summary>Longer runs would seldom need less.</summary>
    private const int LongestRun = 24;

    /// <summary>Rough instructions of a kernel's call.</summary>
    private const int CallWork = 40;

    /// <summary>More would save less than their overlaps cost.</summary>
    private const int MostStrips = 4;

    /// <summary>And of a multiply-accumulate.</summary>
    private const int MacWork = 2;

    private readonly Graph graph;
    private readonly ImmutableArray<PlannedStep> steps;
    private readonly Liveness liveness;
    private readonly RowKernel?[] kernels;
    private readonly Dictionary<(int First, int Last), List<Way>> runs = [];

    /// <param name="steps">In the order in which they run; none is a stage.</param>
    public StageSearch(Graph graph, ImmutableArray<PlannedStep> steps)
    {
        this.graph = graph;
        this.steps = [.. steps.Select(s => s with { Backwards = false })];
        liveness = new Liveness(graph, this.steps);
        kernels = [.. this.steps.Select(s => RowKernel.Of(graph, s))];
        int[] alone = ArenaLayout.BytesByStep(liveness.Storages);
        int least = graph.Inputs.Sum(i => graph.Tensors[i].Bytes);
        for (int t = 0; t < steps.Length; t++)
        {
            runs[(t, t)] = [new Way(1, alone[t], 0, 0)];
            if (kernels[t] is null) least = Math.Max(least, alone[t]);
        }
        for (int i = 0; i < steps.Length; i++)
        {
            bool useful = false;
            for (int j = i; j < Math.Min(steps.Length, i + LongestRun) && kernels[j] is not null; j++)
            {
                useful |= alone[j] > least;
                if (j == i || !useful || !Closed(i, j)) continue;
                runs[(i, j)] = [Cost(i, j, 1)];
            }
        }
    }

    /// <summary>From here on stages may compute what strips have in common more than once, where that may bring a run within a limit.</summary>
    /// <returns>Whether it can bring any.</returns>
    public bool AddStrips(int limit)
    {
        bool any = false;
        foreach (var ((first, last), ways) in runs)
        {
            Way once = ways[0];
            if (once.Bytes <= limit || first == last || !kernels[first..(last + 1)].All(k => k!.HasColumns && k.Width >= 2 * MostStrips)) continue;
            for (int strips = 2; strips <= MostStrips; strips++)
            {
                // Rows become that much shorter at best.
                if (once.Bytes - once.BufferBytes + once.BufferBytes / strips > limit) continue;
                ways.Add(Cost(first, last, strips));
                any |= ways[^1].Bytes <= limit;
            }
        }
        return any;
    }

    /// <summary>The bytes that some run needs, ascending: the limits worth trying.</summary>
    public IEnumerable<int> Limits => runs.Values.SelectMany(r => r).Select(r => r.Bytes).Distinct().Order();

    /// <summary>The steps, runs of them made stages so that none needs more than <paramref name="limit"/> bytes, with the least work; null where there is no way.</summary>
    public ImmutableArray<PlannedStep>? Cut(int limit, out int most)
    {
        long[] work = new long[steps.Length + 1];
        var chosen = new (int From, int Strips, int Bytes)[steps.Length + 1];
        for (int end = 1; end <= steps.Length; end++)
        {
            work[end] = long.MaxValue;
            for (int i = end - 1; i >= Math.Max(0, end - LongestRun); i--)
            {
                if (work[i] == long.MaxValue || !runs.TryGetValue((i, end - 1), out var ways)) continue;
                foreach (Way way in ways)
                {
                    if (way.Bytes > limit || work[i] + way.Work >= work[end]) continue;
                    work[end] = work[i] + way.Work;
                    chosen[end] = (i, way.Strips, way.Bytes);
                }
            }
        }
        most = 0;
        if (work[^1] == long.MaxValue) return null;
        var cut = new Stack<PlannedStep>();
        for (int end = steps.Length; end > 0; end = chosen[end].From)
        {
            most = Math.Max(most, chosen[end].Bytes);
            cut.Push(end - 1 == chosen[end].From ? steps[end - 1] : Fused(chosen[end].From, end - 1, chosen[end].Strips));
        }
        return [.. cut];
    }

    private PlannedStep Fused(int first, int last, int strips)
    {
        Stage stage = StageOf(first, last, strips);
        ImmutableArray<PlannedStep> parts = steps[first..(last + 1)];
        return new PlannedStep(
            [.. parts.SelectMany(p => p.Operators)], ScratchBytes: KernelBytes(first, last) + stage.BufferBytes, BandRows: stage.Kernels[^1].Together, BufferBytes: stage.BufferBytes)
        {
            Parts = parts,
            Strips = strips,
        };
    }

    private Stage StageOf(int first, int last, int strips) => Stage.Of([.. kernels[first..(last + 1)].Select(k => k!)], strips);

    /// <summary>The scratch that kernels of a run need, each in its turns.</summary>
    private int KernelBytes(int first, int last) => (steps[first..(last + 1)].Max(s => s.ScratchBytes) + 3) / 4 * 4;

    /// <summary>Whether nothing after a run reads what its steps but the last write, and each is read.</summary>
    private bool Closed(int first, int last)
    {
        for (int t = first; t < last; t++)
        {
            Storage storage = liveness.Of(kernels[t]!.Output)!;
            if (storage.Tensors.Count > 1 || storage.Last > last || storage.Last == t) return false;
        }
        return true;
    }

    private Way Cost(int first, int last, int strips)
    {
        Stage stage = StageOf(first, last, strips);
        Storage born = liveness.Of(kernels[last]!.Output)!;
        int alive = KernelBytes(first, last) + stage.BufferBytes, spared = 0, dying = 0;
        var inside = kernels[first..last].Select(k => liveness.Of(k!.Output)).ToHashSet();
        foreach (Storage storage in liveness.Storages)
        {
            if (storage.Tensors.Count == 0 || storage.First > last || storage.Last < first || inside.Contains(storage)) continue;
            alive += storage.Bytes;
            if (storage == born || storage.Last > last) continue;
            int saves = storage.Bytes + born.Bytes - Over(stage, storage, born).Extent(storage.Bytes, born.Bytes);
            if (saves == 0) continue;
            // Of several dying inputs the output may lie over all.
            spared = ++dying == 1 ? saves : born.Bytes;
        }
        int turns = stage.Actions.Count - (last - first + 1);
        return new Way(strips, alive - spared, stage.MovedBytes / 2 + turns * CallWork + stage.RepeatedMacs(graph) * MacWork, stage.BufferBytes);
    }

    private static Overlap Over(Stage stage, Storage dying, Storage born)
    {
        foreach (int tensor in dying.Tensors)
            if (stage.Over(tensor, dying.Bytes, born.Bytes) is var overlap && overlap != Overlap.None(dying.Bytes, born.Bytes)) return overlap;
        return Overlap.None(dying.Bytes, born.Bytes);
    }

    /// <summary>One way to run steps: bytes at the worst moment, work beyond that of the operators, bytes of it in buffers.</summary>
    private readonly record struct Way(int Strips, int Bytes, long Work, int BufferBytes);
}
