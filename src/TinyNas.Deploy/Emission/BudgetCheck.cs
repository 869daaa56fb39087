using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Holds a plan's figures against a budget.</summary>
public static class BudgetCheck
{
    /// <summary>
    /// RAM binds the emitted C's static memory plus its stack, or TFLM's arena where only TFLM is asked for; flash likewise.
    /// </summary>
    /// <exception cref="TinyNasException">TNAS0220: names the figure, the limit and the operator that dominates.</exception>
    public static void Check(EmissionRequest request, ExecutionPlan plan, ResourceEstimate estimate)
    {
        bool c = request.Runtimes.Contains(RuntimeKind.C);
        Budget budget = request.Budget;
        Hold("Macs", "multiply-accumulates", estimate.Macs, budget.Macs, () => Dominating.OfMacs(request.Graph));
        Hold("Ram", "bytes of RAM", c ? estimate.RamC + estimate.RamCStack : estimate.RamTflm, budget.Ram, () => Dominating.OfRam(request.Graph, plan));
        Hold("Flash", "bytes of flash", c ? estimate.FlashC : estimate.FlashTflm, budget.Flash, () => Dominating.OfFlash(request.Graph));

        void Hold(string setting, string unit, long need, long? limit, Func<string> dominating)
        {
            if (limit is { } most && need > most)
                throw new TinyNasException(DiagnosticCatalogue.OverBudget, request.Card.Name,
                    need.ToString(CultureInfo.InvariantCulture), unit, most.ToString(CultureInfo.InvariantCulture), dominating()) { Setting = setting };
        }
    }
}
