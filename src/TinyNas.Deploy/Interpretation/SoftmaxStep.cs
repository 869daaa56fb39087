using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class SoftmaxStep(PreparedSoftmax p) : IStep
{
    private readonly SoftmaxParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => Softmax.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Output));
}
