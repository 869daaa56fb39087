namespace TinyNas.Deploy;

/// <summary>MEAN.</summary>
internal sealed class MeanEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: 5 integers, 2 short integers.</summary>
    private const int ParameterBytes = 5 * 4 + 2 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public AccessOrder Access(bool fused) => AccessOrder.Elements;

    public OperatorCost Estimate(EmissionStep step) => new(0, ParameterBytes, [Kernel.Common, Kernel.Requantise, Kernel.Mean]);

    public void Emit(EmissionStep step, CSource source)
    {
        var mean = (PreparedMean)step.First;
        source.ShiftsLeft |= mean.Shift > 0;
        string parameters = source.Parameters("mean", $"step_{step.Index}",
            mean.Outer, mean.Count, mean.Inner, checked(mean.InputZeroPoint * mean.Count), mean.Multiplier, mean.Shift, mean.OutputZeroPoint);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("mean_run", parameters, mean.Input, mean.Output);
    }
}
