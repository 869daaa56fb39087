using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>MUL.</summary>
internal sealed class MulEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: dimensions and strides, an integer, 6 short integers.</summary>
    public const int ParameterBytes = BroadcastText.Bytes + 4 + 6 * 2;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) =>
        new(0, ParameterBytes + BroadcastText.ConstantBytes(step), [Kernel.Common, Kernel.Requantise, Kernel.Broadcast, Kernel.Mul]);

    public void Emit(EmissionStep step, CSource source)
    {
        var mul = (PreparedMul)step.First;
        source.Requantises(mul.Shift, 255 * 255);
        source.ClampsTo(mul.Minimum, mul.Maximum);
        string parameters = source.Parameters("mul", $"step_{step.Index}",
            BroadcastText.Of(mul.Shape), mul.Multiplier, mul.Shift, mul.ZeroPointA, mul.ZeroPointB, mul.OutputZeroPoint, mul.Minimum, mul.Maximum);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("mul_run", parameters, mul.Input, mul.Second, mul.Output);
    }
}
