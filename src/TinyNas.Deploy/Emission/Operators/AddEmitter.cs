using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>ADD and SUB.</summary>
internal sealed class AddEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: dimensions and strides, 3 integers, 9 short integers, filled up.</summary>
    public const int ParameterBytes = BroadcastText.Bytes + 3 * 4 + 10 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public OperatorCost Estimate(EmissionStep step) =>
        new(0, ParameterBytes + BroadcastText.ConstantBytes(step), [Kernel.Common, Kernel.Requantise, Kernel.Broadcast, Kernel.Add]);

    public void Emit(EmissionStep step, CSource source)
    {
        var add = (PreparedAdd)step.First;
        // Either operand is at most half of 255 * 2^20.
        source.Requantises(add.Shift, 255L << 20);
        source.ClampsTo(add.Minimum, add.Maximum);
        string parameters = source.Parameters("add", $"step_{step.Index}",
            BroadcastText.Of(add.Shape), add.MultiplierA, add.MultiplierB, add.Multiplier, add.ShiftA, add.ShiftB, add.Shift,
            add.ZeroPointA, add.ZeroPointB, add.OutputZeroPoint, add.Minimum, add.Maximum, add.Sign);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("add_run", parameters, add.Input, add.Second, add.Output);
    }
}
