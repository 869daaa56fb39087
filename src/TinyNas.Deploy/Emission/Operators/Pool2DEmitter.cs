using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>MAX_POOL_2D and AVERAGE_POOL_2D.</summary>
internal sealed class Pool2DEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: 13 short integers.</summary>
    public const int ParameterBytes = 13 * 2;

    public void Validate(EmissionStep step)
    {
        var pool = (PreparedPool2D)step.First;
        Limits.RequireShort(step, pool.Window, pool.Channels);
    }

    public AccessOrder Access(Graph graph, PlannedStep step) => new(AccessKind.Channels, Pixels: 1);

    public OperatorCost Estimate(EmissionStep step) => new(
        0, ParameterBytes, [Kernel.Common, Kernel.Pool2D, ((PreparedPool2D)step.First).IsAverage ? Kernel.AveragePool2D : Kernel.MaxPool2D]);

    public void Emit(EmissionStep step, CSource source)
    {
        var pool = (PreparedPool2D)step.First;
        Window2D w = pool.Window;
        string parameters = source.Parameters("pool_2d", $"step_{step.Index}",
            w.InputHeight, w.InputWidth, pool.Channels, w.OutputHeight, w.OutputWidth,
            w.FilterHeight, w.FilterWidth, w.StrideHeight, w.StrideWidth, w.PadTop, w.PadLeft, pool.Minimum, pool.Maximum);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call(pool.IsAverage ? "average_pool_2d_run" : "max_pool_2d_run", parameters, pool.Input, pool.Output);
    }
}
