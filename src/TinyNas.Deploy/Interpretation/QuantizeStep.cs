using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class QuantizeStep(PreparedQuantize p) : IStep
{
    public void Execute(TensorStore tensors)
    {
        if (p.IsWide) QuantizeWide.FromFloat(p.Scale, tensors.Values<float>(p.Input), tensors.Values<short>(p.Output));
        else Quantize.FromFloat(p.Scale, p.ZeroPoint, p.Signed, tensors.Values<float>(p.Input), tensors.Bytes(p.Output));
    }
}
