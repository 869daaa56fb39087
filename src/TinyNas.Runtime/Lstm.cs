#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// Products of 16-bit numbers are rescaled by pairs of multiplier and shift: forget gate times cell, input gate times candidate,
/// output gate times tanh(cell). <paramref name="Clip"/> bounds the cell, 0 for none. TanhMultiplier and TanhShift bring the cell to Q3.12 times 3.
/// </summary>
internal readonly record struct LstmParameters(
    int Steps, int Inputs, int Units, int InputZeroPoint, int HiddenZeroPoint, int ForgetMultiplier, int ForgetShift,
    int CandidateMultiplier, int CandidateShift, int HiddenMultiplier, int HiddenShift, int Clip, int TanhMultiplier, int TanhShift);

/// <summary>
/// UNIDIRECTIONAL_SEQUENCE_LSTM with int8 inputs and hidden state and an int16 cell. Gates come in the order input, forget,
/// candidate, output; weights are [units, 4, inputs] and [units, 4, units], biases [units, 4]; multipliers and shifts are
/// four for the inputs' sums, then four for the hidden state's.
/// </summary>
internal static class Lstm
{
    private const int Gates = 4;

    public static void Run(
        in LstmParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> inputWeights, ReadOnlySpan<sbyte> recurrentWeights,
        ReadOnlySpan<int> bias, ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts,
        Span<sbyte> hiddenState, Span<short> cellState, Span<sbyte> output)
    {
        Span<int> gates = stackalloc int[Gates];
        ReadOnlySpan<sbyte> hidden = hiddenState;
        for (int t = 0; t < p.Steps; t++)
        {
            ReadOnlySpan<sbyte> x = input.Slice(t * p.Inputs, p.Inputs);
            Span<sbyte> result = output.Slice(t * p.Units, p.Units);
            for (int u = 0; u < p.Units; u++)
            {
                for (int g = 0; g < gates.Length; g++)
                {
                    int gate = u * Gates + g;
                    int fromInput = bias[gate] + Dot(x, p.InputZeroPoint, inputWeights.Slice(gate * p.Inputs, p.Inputs));
                    int fromHidden = Dot(hidden, p.HiddenZeroPoint, recurrentWeights.Slice(gate * p.Units, p.Units));
                    gates[g] = Saturate(Scaled(fromInput, multipliers[g], shifts[g]) + Scaled(fromHidden, multipliers[Gates + g], shifts[Gates + g]));
                }
                cellState[u] = (short)Cell(p, gates, cellState[u]);
                int product = SigmoidTable.Tanh(cellState[u], p.TanhMultiplier, p.TanhShift) * SigmoidTable.Logistic(gates[3]);
                result[u] = new Requantizer(p.HiddenZeroPoint, sbyte.MinValue, sbyte.MaxValue).Apply(product, p.HiddenMultiplier, p.HiddenShift);
            }
            // The next step reads what this one wrote; the state itself is not needed before the next invocation.
            hidden = result;
        }
        hidden.CopyTo(hiddenState);
    }

    private static int Cell(in LstmParameters p, ReadOnlySpan<int> gates, int before)
    {
        unchecked
        {
            int kept = Scaled(SigmoidTable.Logistic(gates[1]) * before, p.ForgetMultiplier, p.ForgetShift);
            int added = Scaled(SigmoidTable.Logistic(gates[0]) * SigmoidTable.Tanh(gates[2], 3, 0), p.CandidateMultiplier, p.CandidateShift);
            int cell = Saturate(kept + added);
            return p.Clip == 0 ? cell : Math.Max(Math.Min(p.Clip, cell), -p.Clip);
        }
    }

    private static int Dot(ReadOnlySpan<sbyte> x, int zeroPoint, ReadOnlySpan<sbyte> weights)
    {
        unchecked
        {
            int sum = 0;
            for (int i = 0; i < x.Length; i++) sum += (x[i] - zeroPoint) * weights[i];
            return sum;
        }
    }

    private static int Scaled(int value, int multiplier, int shift) =>
        Saturate(FixedPoint.MultiplyByQuantizedMultiplier(value, multiplier, shift));

    private static int Saturate(int value) => Math.Max(short.MinValue, Math.Min(short.MaxValue, value));
}
