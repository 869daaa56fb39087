using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class MaxPool2DStep(PreparedPool2D p) : IStep
{
    private readonly Pool2DParameters parameters = p.ToKernel();
    private readonly sbyte[] scratch = new sbyte[MaxPool2D.ScratchLength(p.ToKernel())];

    public void Execute(TensorStore tensors) => MaxPool2D.Run(parameters, tensors.Int8(p.Input), scratch, tensors.Int8(p.Output));
}
