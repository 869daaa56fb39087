using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Budgets that a graph meets only in strips.</summary>
internal static class Tight
{
    /// <summary>Null where strips need no less than what computes nothing twice.</summary>
    public static Budget? Of(Graph graph)
    {
        int once = Planner.Plan(graph, Budget.Unlimited).ArenaBytes;
        // A budget holds the stack too, which is less than this.
        for (int bytes = once + 600; bytes > once / 2; bytes -= 1 + once / 40)
        {
            var budget = new Budget(Ram: bytes);
            if (Planner.Plan(graph, budget).RepeatedMacs > 0) return budget;
        }
        return null;
    }
}
