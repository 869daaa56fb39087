using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>An order of steps with the bytes it needs at its worst step, and the bytes that no legal order can do without.</summary>
internal sealed record StepOrder(ImmutableArray<PlannedStep> Steps, int Peak, int Bound)
{
    /// <summary>Above this the states of a wide graph are not worth the wait.</summary>
    private const int MostStates = 20_000;

    /// <summary>
    /// The order with the least peak of live bytes: the dynamic program over the sets of steps done that μNAS uses, walked from
    /// the lowest peak upwards, so that the first complete order is the best. The steps' own order stays where none is better. A
    /// graph too wide for <see cref="MostStates"/> keeps its order, and the bound says how much might be left.
    /// </summary>
    public static StepOrder Least(Graph graph, ImmutableArray<PlannedStep> steps)
    {
        var costs = new StepCosts(graph, steps);
        if (steps.Length > 128) return new StepOrder(steps, int.MaxValue, costs.LeastOfAnyStep());
        int given = costs.Peak(Enumerable.Range(0, steps.Length)), bound = costs.LeastOfAnyStep();
        if (given <= bound) return new StepOrder(steps, given, bound);
        var queue = new PriorityQueue<State, (int Peak, int Left, int Number)>();
        var seen = new Dictionary<UInt128, int> { [0] = costs.InputBytes };
        int pushed = 0;
        queue.Enqueue(new State(0, costs.InputBytes, bound, -1, null), (bound, steps.Length, pushed++));
        while (queue.TryDequeue(out State? state, out var rank))
        {
            bound = Math.Max(bound, rank.Peak);
            if (bound >= given) return new StepOrder(steps, given, given);
            if (rank.Left == 0) return new StepOrder([.. state.Path().Select(s => steps[s])], bound, bound);
            if (pushed > MostStates) break;
            for (int step = 0; step < steps.Length; step++)
            {
                if (!costs.IsReady(step, state.Done)) continue;
                UInt128 done = state.Done | UInt128.One << step;
                (int during, int after) = costs.Run(step, state.Done, state.Bytes);
                int peak = Math.Max(state.Peak, during);
                if (seen.TryGetValue(done, out int known) && known <= peak) continue;
                seen[done] = peak;
                queue.Enqueue(new State(done, after, peak, step, state), (peak, rank.Left - 1, pushed++));
            }
        }
        return new StepOrder(steps, given, bound);
    }

    private sealed record State(UInt128 Done, int Bytes, int Peak, int Step, State? Before)
    {
        public IEnumerable<int> Path()
        {
            var path = new Stack<int>();
            for (State state = this; state.Before is { } before; state = before) path.Push(state.Step);
            return path;
        }
    }
}
