using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>MAXIMUM and MINIMUM.</summary>
internal sealed class ExtremumEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: dimensions and strides, a short integer, filled up.</summary>
    public const int ParameterBytes = BroadcastText.Bytes + 2 * 2;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) => new(0, ParameterBytes + BroadcastText.ConstantBytes(step), [Kernel.Broadcast, Kernel.Extremum]);

    public void Emit(EmissionStep step, CSource source)
    {
        var extremum = (PreparedExtremum)step.First;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string parameters = source.Parameters("extremum", $"step_{step.Index}", BroadcastText.Of(extremum.Shape), extremum.IsMaximum ? 1 : 0);
        source.Call("extremum_run", parameters, extremum.Input, extremum.Second, extremum.Output);
    }
}
