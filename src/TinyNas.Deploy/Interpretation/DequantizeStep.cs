using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class DequantizeStep(PreparedDequantize p) : IStep
{
    public void Execute(TensorStore tensors)
    {
        if (p.IsWide) QuantizeWide.ToFloat(p.Scale, tensors.Values<short>(p.Input), tensors.Values<float>(p.Output));
        else Quantize.ToFloat(p.Scale, p.ZeroPoint, p.Signed, tensors.Bytes(p.Input), tensors.Values<float>(p.Output));
    }
}
