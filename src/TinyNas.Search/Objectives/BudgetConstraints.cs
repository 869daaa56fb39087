using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// The constraints that a budget stands for. RAM binds the emitted C's static data plus its stack, flash its text and
/// constants; where only the TFLM files are wanted, TFLM's arena and its code with the model.
/// </summary>
public static class BudgetConstraints
{
    public static ImmutableArray<Constraint> Of(Budget budget, bool emitsC)
    {
        var constraints = ImmutableArray.CreateBuilder<Constraint>();
        if (budget.Ram is { } ram)
            constraints.Add(new Constraint("RAM", emitsC ? [Scalars.Ram, Scalars.RamStack] : [Scalars.RamTflm], ram, "Ram"));
        if (budget.Flash is { } flash)
            constraints.Add(new Constraint("flash", [emitsC ? Scalars.Flash : Scalars.FlashTflm], flash, "Flash"));
        if (budget.Macs is { } macs)
            constraints.Add(new Constraint("MACs", [Scalars.Macs], macs, "Macs"));
        return constraints.ToImmutable();
    }
}
