using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>ARG_MAX and ARG_MIN.</summary>
internal sealed class ArgExtremumEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: 3 integers, a short integer, filled up.</summary>
    private const int ParameterBytes = 3 * 4 + 2 * 2;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) => new(0, ParameterBytes, [Kernel.ArgExtremum]);

    public void Emit(EmissionStep step, CSource source)
    {
        var p = (PreparedArgExtremum)step.First;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("arg_extremum_run", source.Parameters("arg_extremum", $"step_{step.Index}", p.Outer, p.Count, p.Inner, p.IsMaximum ? 1 : -1), p.Input, p.Output);
    }
}
