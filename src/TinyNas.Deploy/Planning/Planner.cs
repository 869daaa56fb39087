using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Decides what runs as one kernel and where activations lie: steps, lifetimes, in-place writes, offsets. Operators keep the
/// model's order.
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
        var liveness = new Liveness(graph, steps);
        if (liveness.Storages.Count == 0) return new ExecutionPlan(steps, [], 0, 0);
        List<List<Storage>> groups = ChooseInPlace(liveness, out int bytes);
        return new ExecutionPlan(steps, Describe(graph, groups), bytes, ArenaLayout.LowerBound(groups));
    }

    /// <summary>
    /// Takes each in-place write that does not enlarge the arena: one can, where a small result then sits in the middle of a
    /// large hole.
    /// </summary>
    private static List<List<Storage>> ChooseInPlace(Liveness liveness, out int bytes)
    {
        var taken = new List<(Storage, Storage)>();
        List<List<Storage>> groups = Group(liveness, taken);
        bytes = ArenaLayout.Place(groups);
        var all = Group(liveness, liveness.InPlace);
        if (liveness.InPlace.Count > 0 && ArenaLayout.Place(all) is var together && together == ArenaLayout.LowerBound(all) && together <= bytes)
        {
            bytes = together;
            return all;
        }
        foreach (var pair in liveness.InPlace)
        {
            taken.Add(pair);
            int with = ArenaLayout.Place(Group(liveness, taken));
            if (with <= bytes) bytes = with;
            else taken.RemoveAt(taken.Count - 1);
        }
        groups = Group(liveness, taken);
        bytes = ArenaLayout.Place(groups);
        return groups;
    }

    private static List<List<Storage>> Group(Liveness liveness, IEnumerable<(Storage Dying, Storage Born)> pairs)
    {
        var groupOf = liveness.Storages.ToDictionary(s => s, s => new List<Storage> { s });
        foreach (var (dying, born) in pairs)
        {
            List<Storage> into = groupOf[dying], from = groupOf[born];
            if (into == from) continue;
            into.AddRange(from);
            foreach (Storage s in from) groupOf[s] = into;
        }
        return [.. liveness.Storages.Select(s => groupOf[s]).Distinct()];
    }

    private static ImmutableArray<PlannedTensor> Describe(Graph graph, List<List<Storage>> groups) =>
    [
        .. groups.SelectMany(g => g)
            .SelectMany(s => s.Tensors.Select(t => new PlannedTensor(t, s.Offset, graph.Tensors[t].Bytes, s.First, s.Last)))
            .OrderBy(t => t.First).ThenBy(t => t.Tensor),
    ];
}
