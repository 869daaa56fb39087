using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class RescaleStep(PreparedRescale p) : IStep
{
    public void Execute(TensorStore tensors) => Quantize.Rescale(
        p.InputZeroPoint, p.InputSigned, p.Multiplier, p.Shift, p.OutputZeroPoint, p.OutputSigned, tensors.Bytes(p.Input), tensors.Bytes(p.Output));
}
