using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>MEAN.</summary>
internal sealed class MeanEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: 5 integers, 2 short integers.</summary>
    private const int ParameterBytes = 5 * 4 + 2 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public OperatorCost Estimate(EmissionStep step) => new(0, ParameterBytes, [Kernel.Common, Kernel.Requantise, Kernel.Mean]);

    public void Emit(EmissionStep step, CSource source)
    {
        var mean = (PreparedMean)step.First;
        source.Requantises(mean.Shift, 256L * mean.Count);
        string parameters = source.Parameters("mean", $"step_{step.Index}",
            mean.Outer, mean.Count, mean.Inner, checked(mean.InputZeroPoint * mean.Count), mean.Multiplier, mean.Shift, mean.OutputZeroPoint);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("mean_run", parameters, mean.Input, mean.Output);
    }
}
