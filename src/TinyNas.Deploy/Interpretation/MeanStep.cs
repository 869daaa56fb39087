using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class MeanStep(PreparedMean p) : IStep
{
    private readonly MeanParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => Mean.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Output));
}
