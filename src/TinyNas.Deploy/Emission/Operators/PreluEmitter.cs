using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>PRELU.</summary>
internal sealed class PreluEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: dimensions and strides, 2 integers, 5 short integers, filled up.</summary>
    public const int ParameterBytes = BroadcastText.Bytes + 2 * 4 + 6 * 2;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) =>
        new(0, ParameterBytes + BroadcastText.ConstantBytes(step), [Kernel.Common, Kernel.Requantise, Kernel.Broadcast, Kernel.Prelu]);

    public void Emit(EmissionStep step, CSource source)
    {
        var prelu = (PreparedPrelu)step.First;
        source.Requantises(prelu.Shift, 255);
        source.Requantises(prelu.AlphaShift, 255 * 255);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string parameters = source.Parameters("prelu", $"step_{step.Index}", BroadcastText.Of(prelu.Shape), prelu.Multiplier, prelu.AlphaMultiplier,
            prelu.Shift, prelu.AlphaShift, prelu.InputZeroPoint, prelu.AlphaZeroPoint, prelu.OutputZeroPoint);
        source.Call("prelu_run", parameters, prelu.Input, prelu.Alpha, prelu.Output);
    }
}
