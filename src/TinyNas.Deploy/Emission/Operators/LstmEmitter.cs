using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM.</summary>
internal sealed class LstmEmitter : IOperatorEmitter
{
    /// <summary>Bytes of the parameter structure (5 pointers, 15 integers, 14 short integers) and of the table.</summary>
    private const int ParameterBytes = 5 * 4 + 15 * 4 + 14 * 2, TableBytes = 256 * 2;

    private const int Gates = 4;

    public void Validate(EmissionStep step)
    {
    }

    public OperatorCost Estimate(EmissionStep step)
    {
        var lstm = (PreparedLstm)step.First;
        long weights = lstm.InputWeights.Length + lstm.RecurrentWeights.Length;
        return new OperatorCost(
            lstm.Steps * weights,
            FilterBlocks.Bytes(lstm.Units, Gates, lstm.Inputs) + FilterBlocks.Bytes(lstm.Units, Gates, lstm.Units) + lstm.Bias.Length * 8L + ParameterBytes + TableBytes,
            [Kernel.Common, Kernel.Dot, Kernel.Scale, Kernel.Lstm]);
    }

    public void Emit(EmissionStep step, CSource source)
    {
        var p = (PreparedLstm)step.First;
        source.ShiftsLeft |= p.Shifts.Any(s => s > 0);
        source.Kernels.UnionWith(Estimate(step).Kernels);
        string table = source.Array($"sigmoid_{step.Index}", "uint16_t", SigmoidTable.Values);
        string input = source.Words($"input_weights_{step.Index}", FilterBlocks.Arrange(p.InputWeights.AsSpan(), p.Units, Gates, p.Inputs));
        string recurrent = source.Words($"recurrent_weights_{step.Index}", FilterBlocks.Arrange(p.RecurrentWeights.AsSpan(), p.Units, Gates, p.Units));
        string bias = source.Array<int>($"bias_{step.Index}", "int32_t", FilterBlocks.FoldZeroPoint(p.InputWeights.AsSpan(), p.Bias.AsSpan(), p.InputZeroPoint));
        string recurrentBias = source.Array<int>(
            $"recurrent_bias_{step.Index}", "int32_t", FilterBlocks.FoldZeroPoint(p.RecurrentWeights.AsSpan(), new int[p.Bias.Length], p.HiddenZeroPoint));
        string parameters = source.Parameters("lstm", $"step_{step.Index}",
            table, input, recurrent, bias, recurrentBias, List(p.Multipliers), p.ForgetMultiplier, p.CandidateMultiplier, p.HiddenMultiplier, p.TanhMultiplier,
            p.Steps, p.Inputs, p.Units, List(p.Shifts), p.ForgetShift, p.CandidateShift, p.HiddenShift, p.TanhShift, p.HiddenZeroPoint, p.Clip);
        source.Call("lstm_run", parameters, p.Input, p.HiddenState, p.CellState, p.Output);
    }

    private static string List(IEnumerable<int> values) => "{" + string.Join(", ", values) + "}";
}
