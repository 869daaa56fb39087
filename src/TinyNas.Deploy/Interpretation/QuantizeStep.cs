using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class QuantizeStep(PreparedQuantize p) : IStep
{
    public void Execute(TensorStore tensors) =>
        Quantize.FromFloat(p.Scale, p.ZeroPoint, p.Signed, tensors.Values<float>(p.Input), tensors.Bytes(p.Output));
}
