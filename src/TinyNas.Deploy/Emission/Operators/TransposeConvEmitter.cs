namespace TinyNas.Deploy;

/// <summary>TRANSPOSE_CONV.</summary>
internal sealed class TransposeConvEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure on a 32-bit target: 4 pointers, 16 short integers.</summary>
    private const int ParameterBytes = 4 * 4 + 16 * 2;

    public void Validate(EmissionStep step)
    {
        var conv = (PreparedTransposeConv)step.First;
        Limits.RequireShort(step, conv.Window, conv.InputChannels, conv.OutputChannels, conv.Window.PadTop, conv.Window.PadLeft);
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var conv = (PreparedTransposeConv)step.First;
        int filters = step.TensorOf(conv.Filter).Count;
        return new OperatorCost(
            (long)conv.Window.OutputHeight * conv.Window.OutputWidth * filters, filters + conv.OutputChannels * 9L + ParameterBytes,
            [Kernel.Common, Kernel.Scale, Kernel.TransposeConv]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var conv = (PreparedTransposeConv)step.First;
        Window2D w = conv.Window;
        Requantization q = conv.Requantization;
        source.ShiftsLeft |= q.Shifts.Any(s => s > 0);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string filters = source.Array($"filters_{step.Index}", "int8_t", step.TensorOf(conv.Filter).Values<sbyte>());
        string bias = source.Array($"bias_{step.Index}", "int32_t", step.BiasOf(conv.Bias, conv.OutputChannels));
        string multipliers = source.Array($"multipliers_{step.Index}", "int32_t", q.Multipliers.AsSpan());
        string shifts = source.Array<sbyte>($"shifts_{step.Index}", "int8_t", [.. q.Shifts.Select(s => (sbyte)s)]);
        string parameters = source.Parameters("transpose_conv", $"step_{step.Index}",
            filters, bias, multipliers, shifts, w.OutputHeight, w.OutputWidth, conv.InputChannels, w.InputHeight, w.InputWidth, conv.OutputChannels,
            w.FilterHeight, w.FilterWidth, w.StrideHeight, w.StrideWidth, w.PadTop, w.PadLeft, q.InputZeroPoint, q.OutputZeroPoint, q.Minimum, q.Maximum);
        source.Call("transpose_conv_run", parameters, conv.Input, conv.Output);
    }
}
