using TinyNas.Runtime;

namespace TinyNas.Deploy;

internal sealed class TableStep(PreparedTable p) : IStep
{
    private readonly sbyte[] table = [.. p.Table];

    public void Execute(TensorStore tensors) => ByteTable.Run(table, tensors.Int8(p.Input), tensors.Int8(p.Output));
}
