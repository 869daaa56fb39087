using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class MulStep(PreparedMul p) : IStep
{
    private readonly MulParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => Mul.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Second), tensors.Int8(p.Output));
}
