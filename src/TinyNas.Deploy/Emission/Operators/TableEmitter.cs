using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>LOGISTIC, TANH, RELU, RELU6, LEAKY_RELU, HARD_SWISH and ELU: one table of 256 results each.</summary>
internal sealed class TableEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure, a pointer and an integer.</summary>
    public const int ParameterBytes = 4 + 4;

    public AccessOrder Access(Graph graph, PlannedStep step) => AccessOrder.Elements;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step) => new(0, 256 + ParameterBytes, [Kernel.ByteTable]);

    public void Emit(EmissionStep step, CSource source)
    {
        var table = (PreparedTable)step.First;
        string values = source.Array($"table_{step.Index}", "int8_t", table.Table.AsSpan());
        source.Kernels.UnionWith(Estimate(step).Kernels);
        source.Call("byte_table_run", source.Parameters("byte_table", $"step_{step.Index}", values, table.Count), table.Input, table.Output);
    }
}
