using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class AveragePool2DStep(PreparedPool2D p) : IStep
{
    private readonly Pool2DParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => AveragePool2D.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Output));
}
