namespace TinyNas.Deploy;

internal sealed class CopyStep(PreparedCopy p) : IStep
{
    public void Execute(TensorStore tensors) => tensors.Bytes(p.Input).CopyTo(tensors.Bytes(p.Output));
}
