using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class LogSoftmaxInt8Step(PreparedLogSoftmaxInt8 p) : IStep
{
    private readonly LogSoftmaxInt8Parameters parameters = p.ToKernel();

    public void Execute(TensorStore tensors) => LogSoftmaxInt8.Run(parameters, tensors.Int8(p.Input), tensors.Int8(p.Output));
}
