using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>What each step of a graph needs alive, for any order of the steps: at most 128 of them, a bit each in sets.</summary>
internal sealed class StepCosts
{
    private readonly int[] bytesOf, born, scratch;
    private readonly UInt128[] needs, readersOf;
    private readonly bool[] isOutput;
    private readonly (int Root, int Spared)[][] reads;
    private readonly int[][] others;

    public StepCosts(Graph graph, ImmutableArray<PlannedStep> steps)
    {
        int[] root = [.. Enumerable.Range(0, graph.Tensors.Length)], writer = new int[graph.Tensors.Length];
        Array.Fill(writer, -1);
        bytesOf = [.. graph.Tensors.Select(t => t.IsConstant ? 0 : t.Bytes)];
        readersOf = new UInt128[graph.Tensors.Length];
        isOutput = new bool[graph.Tensors.Length];
        (born, scratch, needs) = (new int[steps.Length], new int[steps.Length], new UInt128[steps.Length]);
        (reads, others) = (new (int, int)[steps.Length][], new int[steps.Length][]);
        for (int t = 0; t < steps.Length; t++)
        {
            Operator last = graph.Operators[steps[t].Operators[^1]];
            int output = last.Outputs[0];
            foreach (int written in last.Outputs) writer[written] = t;
            others[t] = [.. last.Outputs.Skip(1)];
            if (Liveness.IsAlias(graph, last)) root[output] = root[last.Inputs[0]];
            born[t] = root[output] == output ? output : -1;
            scratch[t] = steps[t].ScratchBytes;
            var read = new List<(int, int)>();
            foreach (int input in StepTensors.Activations(graph, steps[t]))
            {
                if (writer[input] >= 0) needs[t] |= UInt128.One << writer[input];
                readersOf[root[input]] |= UInt128.One << t;
                Tensor x = graph.Tensors[input], y = graph.Tensors[output];
                read.Add((root[input], born[t] < 0 ? 0 : x.Bytes + y.Bytes - OverlapRule.Of(graph, steps[t], input).Extent(x.Bytes, y.Bytes)));
            }
            reads[t] = [.. read.DistinctBy(r => r.Item1)];
        }
        foreach (int output in graph.Outputs) isOutput[root[output]] = true;
        InputBytes = graph.Inputs.Distinct().Sum(i => bytesOf[i]);
    }

    /// <summary>Alive before the first step.</summary>
    public int InputBytes { get; }

    public bool IsReady(int step, UInt128 done) => (done >> step & 1) == 0 && (needs[step] & ~done) == 0;

    /// <summary>Bytes alive while a step runs and after it, from those alive before.</summary>
    public (int During, int After) Run(int step, UInt128 done, int alive)
    {
        done |= UInt128.One << step;
        int spared = 0, dying = 0, dyings = 0;
        foreach (var (root, spares) in reads[step])
        {
            if (isOutput[root] || (readersOf[root] & ~done) != 0) continue;
            dying += bytesOf[root];
            // Of several dying inputs the output may lie over all.
            spared = ++dyings == 1 || spares == 0 ? Math.Max(spared, spares) : Math.Min(bytesOf[born[step]], spared + spares);
        }
        int output = born[step] < 0 ? 0 : bytesOf[born[step]];
        if (born[step] >= 0 && readersOf[born[step]] == 0 && !isOutput[born[step]]) dying += output;
        foreach (int other in others[step])
        {
            output += bytesOf[other];
            if (readersOf[other] == 0 && !isOutput[other]) dying += bytesOf[other];
        }
        return (alive + output + scratch[step] - spared, alive + output - dying);
    }

    /// <summary>The most that any step needs for its own inputs and output, whatever else is alive.</summary>
    public int LeastOfAnyStep()
    {
        int most = InputBytes;
        for (int t = 0; t < born.Length; t++)
        {
            int output = (born[t] < 0 ? 0 : bytesOf[born[t]]) + others[t].Sum(o => bytesOf[o]);
            int spared = Math.Min(reads[t].Length > 1 ? output : int.MaxValue, reads[t].Sum(r => r.Spared));
            most = Math.Max(most, reads[t].Sum(r => bytesOf[r.Root]) + output + scratch[t] - spared);
        }
        return most;
    }

    /// <summary>The most bytes alive at once in an order.</summary>
    public int Peak(IEnumerable<int> order)
    {
        UInt128 done = 0;
        int alive = InputBytes, peak = alive;
        foreach (int step in order)
        {
            (int during, alive) = Run(step, done, alive);
            done |= UInt128.One << step;
            peak = Math.Max(peak, during);
        }
        return peak;
    }
}
