using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class DequantizeStep(PreparedDequantize p) : IStep
{
    public void Execute(TensorStore tensors) =>
        Quantize.ToFloat(p.Scale, p.ZeroPoint, p.Signed, tensors.Bytes(p.Input), tensors.Values<float>(p.Output));
}
