using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class RescaleWideStep(PreparedRescaleWide p) : IStep
{
    public void Execute(TensorStore tensors) => QuantizeWide.Rescale(
        p.InputSize, p.InputZeroPoint, p.Multiplier, p.Shift, p.OutputZeroPoint, p.OutputSize, tensors.Bytes(p.Input), tensors.Bytes(p.Output));
}
