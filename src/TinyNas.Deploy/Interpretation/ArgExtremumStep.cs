using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class ArgExtremumStep(PreparedArgExtremum p) : IStep
{
    private readonly ArgExtremumParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => ArgExtremum.Run(parameters, tensors.Int8(p.Input), tensors.Values<int>(p.Output));
}
