using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>SVDF.</summary>
internal sealed class SvdfEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure: 4 pointers, 6 integers, 5 short integers, filled up.</summary>
    private const int ParameterBytes = 4 * 4 + 6 * 4 + 6 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var svdf = (PreparedSvdf)step.First;
        int filters = svdf.Units * svdf.Rank;
        return new OperatorCost(
            step.TensorOf(svdf.Features).Count + step.TensorOf(svdf.Time).Count,
            FilterBlocks.Bytes(1, filters, svdf.Inputs) + filters * 4L + step.TensorOf(svdf.Time).Bytes + svdf.Units * 4L + ParameterBytes,
            [Kernel.Common, Kernel.Dot, Kernel.Scale, Kernel.Svdf]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var p = (PreparedSvdf)step.First;
        Tensor time = step.TensorOf(p.Time);
        source.ShiftsLeft |= p.FeatureShift > 0 || p.Shift > 0;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        int filters = p.Units * p.Rank;
        ReadOnlySpan<sbyte> weights = step.TensorOf(p.Features).Values<sbyte>();
        string features = source.Words($"features_{step.Index}", FilterBlocks.Arrange(weights, 1, filters, p.Inputs));
        string featureBias = source.Array<int>($"feature_bias_{step.Index}", "int32_t", FilterBlocks.FoldZeroPoint(weights, new int[filters], p.InputZeroPoint));
        string steps = p.IsWide
            ? $"(const int8_t *){source.Array($"time_{step.Index}", "int16_t", time.Values<short>())}"
            : source.Array($"time_{step.Index}", "int8_t", time.Values<sbyte>());
        string bias = source.Array($"bias_{step.Index}", "int32_t", step.BiasOf(p.Bias, p.Units));
        string parameters = source.Parameters("svdf", $"step_{step.Index}",
            features, featureBias, steps, bias, p.Inputs, p.Units, p.Rank, p.Memory, p.FeatureMultiplier, p.Multiplier,
            p.FeatureShift, p.Shift, p.StateZeroPoint, p.OutputZeroPoint, p.IsWide ? 2 : 1);
        source.Call("svdf_run", parameters, p.Input, p.State, p.Output);
    }
}
