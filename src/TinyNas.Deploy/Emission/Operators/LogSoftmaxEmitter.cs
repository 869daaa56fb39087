using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>LOG_SOFTMAX on float32 and on int8.</summary>
internal sealed class LogSoftmaxEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the int8 parameter structure (5 integers, 2 short integers), of that of floats (2 integers) and of the table of powers.</summary>
    private const int Int8Bytes = 5 * 4 + 2 * 2, FloatBytes = 2 * 4, TableBytes = 7 * 4;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) => step.First is PreparedLogSoftmaxInt8
        ? new(0, Int8Bytes + TableBytes, [Kernel.Common, Kernel.Exp, Kernel.LogSoftmaxInt8])
        : new(0, FloatBytes, [Kernel.LogSoftmax]);

    public void Emit(EmissionStep step, CSource source)
    {
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string name = $"step_{step.Index}";
        if (step.First is PreparedLogSoftmaxInt8 p)
            source.Call("log_softmax_int8_run", source.Parameters("log_softmax_int8", name,
                p.Rows, p.Depth, p.Multiplier, p.LeastDifference, p.BackMultiplier, p.LeftShift, -p.BackShift), p.Input, p.Output);
        else if (step.First is PreparedLogSoftmax f)
            source.Call("log_softmax_run", source.Parameters("log_softmax", name, f.Rows, f.Depth), f.Input, f.Output);
    }
}
