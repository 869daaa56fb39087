using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class LogSoftmaxStep(PreparedLogSoftmax p) : IStep
{
    public void Execute(TensorStore tensors) => LogSoftmax.Run(p.Depth, tensors.Values<float>(p.Input), tensors.Values<float>(p.Output));
}
