using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>FULLY_CONNECTED, quantised as a whole or per unit.</summary>
internal sealed class FullyConnectedEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure on a 32-bit target: 4 pointers, 3 integers, 4 short integers.</summary>
    private const int ParameterBytes = 4 * 4 + 3 * 4 + 4 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var dense = (PreparedFullyConnected)step.First;
        return new OperatorCost(
            (long)dense.Rows * dense.Units * dense.Depth,
            FilterBlocks.Bytes(1, dense.Units, dense.Depth) + dense.Units * 4L + dense.Requantization.Multipliers.Length * 5L + ParameterBytes,
            [Kernel.Common, Kernel.Requantise, Kernel.Dot, Kernel.FullyConnected]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var dense = (PreparedFullyConnected)step.First;
        Requantization q = dense.Requantization;
        var constants = new ChannelConstants(step.TensorOf(dense.Filter).Values<sbyte>(), step.BiasOf(dense.Bias, dense.Units), q);
        string weights = source.Words($"weights_{step.Index}", FilterBlocks.Arrange(constants.Filters, 1, dense.Units, dense.Depth));
        string bias = source.Array<int>($"bias_{step.Index}", "int32_t", constants.FoldedBias(spare: 0));
        (string multipliers, string shifts) = constants.Emit(source, step.Index);
        string parameters = source.Parameters("fully_connected", $"step_{step.Index}",
            weights, bias, multipliers, shifts, dense.Rows, dense.Units, dense.Depth, q.IsPerChannel ? 1 : 0, q.OutputZeroPoint, q.Minimum, q.Maximum);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("fully_connected_run", parameters, dense.Input, dense.Output);
    }
}
