using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>FULLY_CONNECTED, quantised as a whole or per unit. There is no padding, so the input zero point folds into the bias.</summary>
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
        long weights = (long)dense.Units * dense.Depth;
        return new OperatorCost(
            dense.Rows * weights, weights + dense.Units * 4L + dense.Requantization.Multipliers.Length * 5L + ParameterBytes,
            [Kernel.Common, Kernel.Requantise, Kernel.Dsp, Kernel.Dot1x4, Kernel.FullyConnected]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var dense = (PreparedFullyConnected)step.First;
        Requantization q = dense.Requantization;
        ReadOnlySpan<sbyte> values = step.TensorOf(dense.Filter).Values<sbyte>();
        string weights = source.Array($"weights_{step.Index}", "int8_t", values);
        string bias = source.Array<int>($"bias_{step.Index}", "int32_t", BiasFolding.Fold(step.BiasOf(dense.Bias, dense.Units), values, q.InputZeroPoint));
        (string multipliers, string shifts) = RequantizationArrays.Emit(source, step.Index, q);
        string parameters = source.Parameters("fully_connected", $"step_{step.Index}",
            weights, bias, multipliers, shifts, dense.Rows, dense.Units, dense.Depth, q.IsPerChannel ? 1 : 0, q.OutputZeroPoint, q.Minimum, q.Maximum);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("fully_connected_run", parameters, dense.Input, dense.Output);
    }
}
