using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>One resource figure and the limit it is held against; null = no limit, or not the figure that binds.</summary>
internal sealed record Need(string Name, string Unit, long Value, long? Limit)
{
    /// <summary>What the model needs; limits stand where <see cref="BudgetCheck"/> applies them.</summary>
    public static ImmutableArray<Need> Of(EmissionModel model)
    {
        ResourceEstimate e = model.Estimate;
        Budget budget = model.Request.Budget;
        var needs = ImmutableArray.CreateBuilder<Need>();
        needs.Add(new("Multiply-accumulates", "", e.Macs, budget.Macs));
        bool c = model.Request.Runtimes.Contains(RuntimeKind.C);
        if (c)
        {
            needs.Add(new("RAM of the C: static + stack", "bytes", e.RamC + e.RamCStack, budget.Ram));
            needs.Add(new("Flash of the C", "bytes", e.FlashC, budget.Flash));
        }
        if (model.Request.Runtimes.Contains(RuntimeKind.Tflm))
        {
            needs.Add(new("RAM with TensorFlow Lite Micro: arena", "bytes", e.RamTflm, c ? null : budget.Ram));
            needs.Add(new("Flash with TensorFlow Lite Micro", "bytes", e.FlashTflm, c ? null : budget.Flash));
        }
        return needs.ToImmutable();
    }
}
