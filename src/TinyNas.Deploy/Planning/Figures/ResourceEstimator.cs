using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// What a planned graph needs, from closed formulas: cheap enough to decide the feasibility of every candidate before it is
/// trained. Weights may be zero; only shapes and scales matter.
/// </summary>
public static class ResourceEstimator
{
    /// <param name="graph">Any graph; where an operator has no kernel here, the figures of the emitted C leave it out.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="core">Such as "cortex-m4": picks measured code sizes.</param>
    public static ResourceEstimate Estimate(Graph graph, ExecutionPlan plan, string core)
    {
        var uses = new Dictionary<Kernel, int>();
        long constants = 0;
        int calls = 0;
        foreach (PlannedStep planned in plan.Steps)
        {
            if (CostOf(graph, planned) is not { } cost) continue;
            constants += cost.ConstantBytes;
            foreach (Kernel kernel in cost.Kernels) uses[kernel] = uses.GetValueOrDefault(kernel) + cost.Calls;
            if (cost.Kernels.Length == 0) continue;
            calls += cost.Calls;
        }
        if (uses.ContainsKey(Kernel.Dot)) uses[Kernel.Dot] = uses.ContainsKey(Kernel.Conv2D) ? 2 : 1;
        // Loops that end in requantisation are there twice where some layers may take the shorter one and some may not.
        bool mixed = uses.ContainsKey(Kernel.RequantiseAbove) && uses.ContainsKey(Kernel.RequantiseBelow);
        long code = CodeSizes.Glue(calls) + uses.Sum(u => (long)CodeSizes.Code(u.Key, u.Value, core, mixed));
        return new ResourceEstimate(
            MacCounter.Of(graph), graph.ConstantBytes,
            RamC: plan.ArenaBytes, RamCStack: Stack(graph, plan, core),
            RamTflm: TflmArena.ArenaUsed(graph),
            FlashC: constants + code,
            FlashTflm: TfliteWriter.Write(graph).Length + TflmArena.Code(graph));
    }

    /// <summary>The stack of n_invoke and of the kernels below it: what the compiler reserves, of which some inputs use less.</summary>
    public static int Stack(Graph graph, ExecutionPlan plan, string core)
    {
        int stack = 0;
        foreach (PlannedStep step in plan.Steps.SelectMany(s => s.Parts.IsEmpty ? [s] : s.Parts))
            if (CostOf(graph, step) is { } cost) stack = Math.Max(stack, cost.Kernels.Sum(k => CodeSizes.Stack(k, core)));
        return stack + CodeSizes.InvokeStack + (plan.Steps.Any(s => !s.Parts.IsEmpty) ? CodeSizes.LoopStack : 0);
    }

    /// <summary>Null where no C can be emitted for the step.</summary>
    private static OperatorCost? CostOf(Graph graph, PlannedStep planned)
    {
        try
        {
            EmissionStep step = EmissionStep.Of(graph, 0, planned);
            return OperatorEmitters.Of(step).Estimate(step);
        }
        catch (TinyNasException)
        {
            return null;
        }
    }
}
