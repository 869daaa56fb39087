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
        return new ExecutionPlan(Directed(steps, liveness), Describe(graph, liveness), bytes, ArenaLayout.LowerBound(liveness.Storages));
    }

    /// <summary>A kernel walks backwards where its output lies behind the input that it is written over.</summary>
    private static ImmutableArray<PlannedStep> Directed(ImmutableArray<PlannedStep> steps, Liveness liveness)
    {
        PlannedStep[] directed = [.. steps];
        foreach (Storage born in liveness.Storages)
            foreach (var (dying, overlap) in born.Over)
            {
                int offset = born.Offset - dying.Offset;
                if (offset > overlap.Below && offset < dying.Bytes) directed[born.First] = directed[born.First] with { Backwards = true };
            }
        return [.. directed];
    }

    private static ImmutableArray<PlannedTensor> Describe(Graph graph, Liveness liveness) =>
    [
        .. liveness.Storages
            .SelectMany(s => s.Tensors.Select(t => new PlannedTensor(t, s.Offset, graph.Tensors[t].Bytes, s.First, s.Last)))
            .OrderBy(t => t.First).ThenBy(t => t.Tensor),
    ];
}
