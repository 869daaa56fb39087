using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>LOGISTIC, TANH, RELU, RELU6, LEAKY_RELU, HARD_SWISH and ELU, and runs of such operators (<see cref="UnaryChains"/>): tables of 256 results.</summary>
internal sealed class TableEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure, a pointer and two integers.</summary>
    public const int ParameterBytes = 4 + 2 * 4;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) => new(0, ((PreparedTable)step.First).Table.Length + ParameterBytes, [Kernel.ByteTable]);

    public void Emit(EmissionStep step, CSource source)
    {
        var table = (PreparedTable)step.First;
        string values = source.Array($"table_{step.Index}", "int8_t", table.Table.AsSpan());
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("byte_table_run", source.Parameters("byte_table", $"step_{step.Index}", values, table.Count, table.Channels), table.Input, table.Output);
    }
}
