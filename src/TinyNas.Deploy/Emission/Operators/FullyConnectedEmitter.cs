using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>FULLY_CONNECTED, quantised as a whole or per unit.</summary>
internal sealed class FullyConnectedEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure on a 32-bit target: 4 pointers, 3 integers, 5 short integers, filled up.</summary>
    private const int ParameterBytes = 4 * 4 + 3 * 4 + 6 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var dense = (PreparedFullyConnected)step.First;
        long weights = (long)dense.Units * dense.Depth;
        return new OperatorCost(
            dense.Rows * weights, weights + dense.Units * 4L + dense.Requantization.Multipliers.Length * 5L + ParameterBytes,
            [Kernel.Common, Kernel.Requantise, Kernel.Dot, Kernel.FullyConnected]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var dense = (PreparedFullyConnected)step.First;
        Requantization q = dense.Requantization;
        string weights = source.Array($"weights_{step.Index}", "int8_t", step.TensorOf(dense.Filter).Values<sbyte>());
        string bias = source.Array($"bias_{step.Index}", "int32_t", step.BiasOf(dense.Bias, dense.Units));
        (string multipliers, string shifts) = RequantizationArrays.Emit(source, step.Index, q);
        string parameters = source.Parameters("fully_connected", $"step_{step.Index}",
            weights, bias, multipliers, shifts, dense.Rows, dense.Units, dense.Depth, q.IsPerChannel ? 1 : 0, q.InputZeroPoint, q.OutputZeroPoint, q.Minimum, q.Maximum);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("fully_connected_run", parameters, dense.Input, dense.Output);
    }
}
