using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>SVDF.</summary>
internal sealed class SvdfEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: 3 pointers, 6 integers, 6 short integers.</summary>
    private const int ParameterBytes = 3 * 4 + 6 * 4 + 6 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var svdf = (PreparedSvdf)step.First;
        long features = step.TensorOf(svdf.Features).Bytes, time = step.TensorOf(svdf.Time).Bytes;
        return new OperatorCost(
            features + step.TensorOf(svdf.Time).Count, features + time + svdf.Units * 4L + ParameterBytes,
            [Kernel.Common, Kernel.Dot, Kernel.Scale, Kernel.Svdf]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var p = (PreparedSvdf)step.First;
        Tensor time = step.TensorOf(p.Time);
        source.ShiftsLeft |= p.FeatureShift > 0 || p.Shift > 0;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string features = source.Array($"features_{step.Index}", "int8_t", step.TensorOf(p.Features).Values<sbyte>());
        string steps = p.IsWide
            ? $"(const int8_t *){source.Array($"time_{step.Index}", "int16_t", time.Values<short>())}"
            : source.Array($"time_{step.Index}", "int8_t", time.Values<sbyte>());
        string bias = source.Array($"bias_{step.Index}", "int32_t", step.BiasOf(p.Bias, p.Units));
        string parameters = source.Parameters("svdf", $"step_{step.Index}",
            features, steps, bias, p.Inputs, p.Units, p.Rank, p.Memory, p.FeatureMultiplier, p.Multiplier,
            p.FeatureShift, p.Shift, p.InputZeroPoint, p.StateZeroPoint, p.OutputZeroPoint, p.IsWide ? 2 : 1);
        source.Call("svdf_run", parameters, p.Input, p.State, p.Output);
    }
}
