using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class AddStep(PreparedAdd p) : IStep
{
    private readonly AddParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => Add.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Second), tensors.Int8(p.Output));
}
