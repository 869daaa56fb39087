using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class ResizeStep(PreparedResize p) : IStep
{
    public void Execute(TensorStore tensors)
    {
        if (p.IsBilinear)
            ResizeBilinear.Run(
                new ResizeBilinearParameters(p.InputWidth, p.PixelBytes), p.Rows.AsSpan(), p.Columns.AsSpan(), tensors.Int8(p.Input), tensors.Int8(p.Output));
        else
            ResizeNearest.Run(
                new ResizeNearestParameters(p.InputWidth, p.PixelBytes), p.Rows.AsSpan(), p.Columns.AsSpan(), tensors.Bytes(p.Input), tensors.Bytes(p.Output));
    }
}
