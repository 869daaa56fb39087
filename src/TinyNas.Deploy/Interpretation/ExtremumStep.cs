using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class ExtremumStep(PreparedExtremum p) : IStep
{
    private readonly ExtremumParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => Extremum.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Second), tensors.Int8(p.Output));
}
