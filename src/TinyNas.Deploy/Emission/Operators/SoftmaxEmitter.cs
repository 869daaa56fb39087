using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>SOFTMAX.</summary>
internal sealed class SoftmaxEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure (4 integers and a short one, filled up) and of the table of powers.</summary>
    private const int ParameterBytes = 4 * 4 + 4 + 7 * 4;

    public void Validate(EmissionStep step)
    {
    }

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public OperatorCost Estimate(EmissionStep step) => new(0, ParameterBytes, [Kernel.Common, Kernel.Exp, Kernel.Softmax]);

    public void Emit(EmissionStep step, CSource source)
    {
        var softmax = (PreparedSoftmax)step.First;
        string parameters = source.Parameters("softmax", $"step_{step.Index}",
            softmax.Rows, softmax.Depth, softmax.Multiplier, softmax.LeastDifference, softmax.LeftShift);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("softmax_run", parameters, softmax.Input, softmax.Output);
    }
}
