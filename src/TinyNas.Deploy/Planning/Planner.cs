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
    /// Without a RAM budget, the plan with the least RAM that computes nothing twice. With one, which arena and stack must hold
    /// together, the plan with the least work that fits, some of it done twice if need be; where none does, the one with the least RAM that computes nothing twice.
    /// </summary>
    public static ExecutionPlan Plan(Graph graph, Budget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ExecutionPlan whole = InOrder(graph, StepFusion.Steps(graph));
        if (whole.Tensors.IsEmpty || Fits(graph, whole, budget)) return whole;
        var search = new StageSearch(graph, whole.Steps);
        if (budget.Ram is not { } most) return LeastRam(graph, search, whole);
        if (LeastWork(graph, search, budget) is { } plan) return plan;
        ExecutionPlan least = LeastRam(graph, search, whole);
        return search.AddStrips((int)Math.Min(most, int.MaxValue)) && LeastWork(graph, search, budget) is { } repeating ? repeating : least;
    }

    /// <summary>From the limit of the budget down, until a plan's real bytes are within it.</summary>
    private static ExecutionPlan? LeastWork(Graph graph, StageSearch search, Budget budget)
    {
        long limit = budget.Ram!.Value;
        while (limit > 0 && search.Cut((int)Math.Min(limit, int.MaxValue), out int most) is { } steps)
        {
            ExecutionPlan plan = InOrder(graph, steps);
            if (Fits(graph, plan, budget)) return plan;
            limit = most - 1;
        }
        return null;
    }

    /// <summary>From the least limit that has a plan upwards, as long as its bytes might be fewer than the fewest found.</summary>
    private static ExecutionPlan LeastRam(Graph graph, StageSearch search, ExecutionPlan whole)
    {
        ExecutionPlan best = whole;
        foreach (int limit in search.Limits)
        {
            if (limit >= best.ArenaBytes) break;
            if (search.Cut(limit, out int most) is not { } steps || most < limit) continue;
            ExecutionPlan plan = InOrder(graph, steps);
            if (plan.ArenaBytes < best.ArenaBytes) best = plan;
        }
        return best;
    }

    /// <summary>Whatever the core: stacks differ by little.</summary>
    private static bool Fits(Graph graph, ExecutionPlan plan, Budget budget) => budget.Ram is { } most
        && plan.ArenaBytes + Math.Max(ResourceEstimator.Stack(graph, plan, "cortex-m4"), ResourceEstimator.Stack(graph, plan, "cortex-m0plus")) <= most;

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
        return new ExecutionPlan(Placed(steps, liveness), Describe(graph, liveness), bytes, ArenaLayout.LowerBound(liveness.Storages))
        {
            RepeatedMacs = steps.Where(s => s.Strips > 1).Sum(s => Stage.Of(graph, s).RepeatedMacs(graph)),
        };
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
