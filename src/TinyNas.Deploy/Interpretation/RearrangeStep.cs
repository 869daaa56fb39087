using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class RearrangeStep(PreparedRearrange p) : IStep
{
    private readonly (RearrangeParameters Parameters, int Source, int Target)[] parts = [.. p.Parts.Select(part => (part.ToKernel(), part.Source, part.Target))];

    public void Execute(TensorStore tensors)
    {
        if (p.Fill >= 0) Rearrange.Fill(p.Fill, tensors.Bytes(p.Output));
        foreach (var (parameters, source, target) in parts) Rearrange.Run(parameters, tensors.Bytes(source), tensors.Bytes(target));
    }
}
