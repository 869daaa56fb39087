using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// UNIDIRECTIONAL_SEQUENCE_LSTM. Gates are in the order input, forget, candidate, output. Weights stand unit by unit with a
/// unit's four gates one after the other: <paramref name="InputWeights"/> [units, 4, inputs], <paramref name="RecurrentWeights"/>
/// [units, 4, units], <paramref name="Bias"/> [units, 4]. Multipliers and shifts are four of the inputs, then four of the hidden state.
/// </summary>
public sealed record PreparedLstm(
    Operator Operator, int Input, int HiddenState, int CellState, int Output, int Steps, int Inputs, int Units,
    ImmutableArray<sbyte> InputWeights, ImmutableArray<sbyte> RecurrentWeights, ImmutableArray<int> Bias,
    ImmutableArray<int> Multipliers, ImmutableArray<int> Shifts, int InputZeroPoint, int HiddenZeroPoint,
    int ForgetMultiplier, int ForgetShift, int CandidateMultiplier, int CandidateShift, int HiddenMultiplier, int HiddenShift,
    int Clip, int TanhMultiplier, int TanhShift) : PreparedOperator(Operator, Input, Output);
