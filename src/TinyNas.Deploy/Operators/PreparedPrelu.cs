using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// PRELU: (q - InputZeroPoint) by Multiplier and Shift where it is not negative; else times (alpha - AlphaZeroPoint) by
/// AlphaMultiplier and AlphaShift; plus OutputZeroPoint, clamped to int8.
/// </summary>
public sealed record PreparedPrelu(
    Operator Operator, int Input, int Alpha, int Output, BroadcastShape Shape, int InputZeroPoint, int AlphaZeroPoint,
    int Multiplier, int Shift, int AlphaMultiplier, int AlphaShift, int OutputZeroPoint) : PreparedOperator(Operator, Input, Output);
