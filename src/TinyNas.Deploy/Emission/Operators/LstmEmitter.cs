using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM.</summary>
internal sealed class LstmEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure (4 pointers, 15 integers, 15 short integers, filled up) and of the table.</summary>
    private const int ParameterBytes = 4 * 4 + 15 * 4 + 16 * 2, TableBytes = 256 * 2;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var lstm = (PreparedLstm)step.First;
        long weights = lstm.InputWeights.Length + lstm.RecurrentWeights.Length;
        return new OperatorCost(
            lstm.Steps * weights, weights + lstm.Bias.Length * 4L + ParameterBytes + TableBytes,
            [Kernel.Common, Kernel.Dot, Kernel.Scale, Kernel.Lstm]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var p = (PreparedLstm)step.First;
        source.ShiftsLeft |= p.Shifts.Any(s => s > 0);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string table = source.Array($"sigmoid_{step.Index}", "uint16_t", SigmoidTable.Values);
        string input = source.Array($"input_weights_{step.Index}", "int8_t", p.InputWeights.AsSpan());
        string recurrent = source.Array($"recurrent_weights_{step.Index}", "int8_t", p.RecurrentWeights.AsSpan());
        string bias = source.Array($"bias_{step.Index}", "int32_t", p.Bias.AsSpan());
        string parameters = source.Parameters("lstm", $"step_{step.Index}",
            table, input, recurrent, bias, List(p.Multipliers), p.ForgetMultiplier, p.CandidateMultiplier, p.HiddenMultiplier, p.TanhMultiplier,
            p.Steps, p.Inputs, p.Units, List(p.Shifts), p.ForgetShift, p.CandidateShift, p.HiddenShift, p.TanhShift, p.InputZeroPoint, p.HiddenZeroPoint, p.Clip);
        source.Call("lstm_run", parameters, p.Input, p.HiddenState, p.CellState, p.Output);
    }

    private static string List(IEnumerable<int> values) => "{" + string.Join(", ", values) + "}";
}
