using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>LOG_SOFTMAX on float32.</summary>
internal sealed class LogSoftmaxEmitter : IOperatorEmitter
{
    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    /// <summary>The parameter structure has 2 integers.</summary>
    public OperatorCost Estimate(EmissionStep step) => new(0, 2 * 4, [Kernel.LogSoftmax]);

    public void Emit(EmissionStep step, CSource source)
    {
        var softmax = (PreparedLogSoftmax)step.First;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("log_softmax_run", source.Parameters("log_softmax", $"step_{step.Index}", softmax.Rows, softmax.Depth), softmax.Input, softmax.Output);
    }
}
