namespace TinyNas.Deploy;

/// <summary>RESIZE_NEAREST_NEIGHBOR and RESIZE_BILINEAR.</summary>
internal sealed class ResizeEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structures: 2 pointers, then 2 integers and 2 short integers, or an integer and 3 short integers, filled up.</summary>
    private const int NearestBytes = 2 * 4 + 2 * 4 + 2 * 2, BilinearBytes = 2 * 4 + 4 + 4 * 2;

    public void Validate(EmissionStep step)
    {
        var resize = (PreparedResize)step.First;
        new OperatorContext(step.Graph, resize.Operator).Require(resize.PixelBytes <= short.MaxValue, $"a size of {resize.PixelBytes} is beyond 32767");
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var resize = (PreparedResize)step.First;
        // Tables that are equal stand there once.
        int numbers = resize.Rows.Length + (resize.Rows.AsSpan().SequenceEqual(resize.Columns.AsSpan()) ? 0 : resize.Columns.Length);
        return new OperatorCost(
            0, 2L * numbers + (resize.IsBilinear ? BilinearBytes : NearestBytes),
            [resize.IsBilinear ? Kernel.ResizeBilinear : Kernel.ResizeNearest]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var resize = (PreparedResize)step.First;
        int height = step.TensorOf(resize.Output).Shape[1], width = step.TensorOf(resize.Output).Shape[2], row = resize.InputWidth * resize.PixelBytes;
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string rows = source.Array($"positions_{step.Index}", "int16_t", resize.Rows.AsSpan());
        string columns = source.Array($"positions_{step.Index}", "int16_t", resize.Columns.AsSpan());
        string parameters = resize.IsBilinear
            ? source.Parameters("resize_bilinear", $"step_{step.Index}", rows, columns, row, resize.PixelBytes, height, width)
            : source.Parameters("resize_nearest", $"step_{step.Index}", rows, columns, row, resize.PixelBytes, height, width);
        source.Call(resize.IsBilinear ? "resize_bilinear_run" : "resize_nearest_run", parameters, resize.Input, resize.Output);
    }
}
