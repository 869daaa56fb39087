using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// ADD, or SUB where <paramref name="Sign"/> is -1: each operand is (q - zero point) * 2^LeftShift, multiplied by its multiplier and shift; the sum by Multiplier and
/// Shift, plus OutputZeroPoint, clamped.
/// </summary>
public sealed record PreparedAdd(
    Operator Operator, int Input, int Second, int Output, BroadcastShape Shape, int LeftShift,
    int ZeroPointA, int MultiplierA, int ShiftA, int ZeroPointB, int MultiplierB, int ShiftB,
    int Multiplier, int Shift, int OutputZeroPoint, int Minimum, int Maximum, int Sign = 1) : PreparedOperator(Operator, Input, Output);
