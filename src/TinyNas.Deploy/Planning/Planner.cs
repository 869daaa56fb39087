using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Decides what runs as one kernel and where activations lie: steps, their order, lifetimes, outputs written over dying inputs,
/// offsets.
/// </summary>
public static class Planner
{
    /// <summary>
    /// The plan with the least RAM. <paramref name="budget"/> is the seam for plans that trade RAM for time: every choice made
    /// here lowers both, so one plan serves all budgets.
    /// </summary>
    public static ExecutionPlan Plan(Graph graph, Budget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ImmutableArray<PlannedStep> steps = StepFusion.Steps(graph);
        ExecutionPlan best = InOrder(graph, steps), plan = best;
        int[] readers = StepFusion.CountReaders(graph);
        // Where the most is alive, a wide map between two convolutions may be kept from being stored.
        while (Banded(graph, plan, readers) is { } banded)
        {
            plan = InOrder(graph, banded);
            if (plan.ArenaBytes < best.ArenaBytes) best = plan;
        }
        return best;
    }

    private static ImmutableArray<PlannedStep>? Banded(Graph graph, ExecutionPlan plan, int[] readers)
    {
        if (plan.Steps.IsEmpty) return null;
        int worst = Dominating.WorstStep(plan);
        foreach (var (first, second) in RowBands.Candidates(graph, plan.Steps, readers))
            if (first == worst || second == worst) return RowBands.Fuse(graph, [.. plan.Steps.Select(s => s with { Backwards = false })], first, second);
        return null;
    }

    private static ExecutionPlan InOrder(Graph graph, ImmutableArray<PlannedStep> steps)
    {
        StepOrder least = StepOrder.Least(graph, steps);
        ExecutionPlan given = Plan(graph, steps) with { OrderBound = least.Bound };
        if (least.Steps == steps) return given;
        ExecutionPlan ordered = Plan(graph, least.Steps) with { OrderBound = least.Bound };
        return ordered.ArenaBytes < given.ArenaBytes ? ordered : given;
    }

    private static ExecutionPlan Plan(Graph graph, ImmutableArray<PlannedStep> steps)
    {
        var liveness = new Liveness(graph, steps);
        if (liveness.Storages.Count == 0) return new ExecutionPlan(steps, [], 0, 0);
        int bytes = ArenaLayout.Place(liveness.Storages);
        return new ExecutionPlan(Placed(steps, liveness), Describe(graph, liveness), bytes, ArenaLayout.LowerBound(liveness.Storages));
    }

    /// <summary>A kernel walks backwards where its output lies behind the input that it is written over; its scratch has a place now.</summary>
    private static ImmutableArray<PlannedStep> Placed(ImmutableArray<PlannedStep> steps, Liveness liveness)
    {
        PlannedStep[] placed = [.. steps];
        foreach (Storage born in liveness.Storages)
            foreach (var (dying, overlap) in born.Over)
            {
                int offset = born.Offset - dying.Offset;
                if (offset > overlap.Below && offset < dying.Bytes) placed[born.First] = placed[born.First] with { Backwards = true };
            }
        foreach (Storage scratch in liveness.Storages.Where(s => s.Tensors.Count == 0))
            placed[scratch.First] = placed[scratch.First] with { ScratchOffset = scratch.Offset };
        return [.. placed];
    }

    private static ImmutableArray<PlannedTensor> Describe(Graph graph, Liveness liveness) =>
    [
        .. liveness.Storages
            .SelectMany(s => s.Tensors.Select(t => new PlannedTensor(t, s.Offset, graph.Tensors[t].Bytes, s.First, s.Last)))
            .OrderBy(t => t.First).ThenBy(t => t.Tensor),
    ];
}
