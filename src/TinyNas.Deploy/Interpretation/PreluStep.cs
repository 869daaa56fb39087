using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class PreluStep(PreparedPrelu p) : IStep
{
    private readonly PreluParameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => Prelu.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Alpha), tensors.Int8(p.Output));
}
