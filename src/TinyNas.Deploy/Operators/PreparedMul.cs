using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>MUL: (a - ZeroPointA) * (b - ZeroPointB) by Multiplier and Shift, plus OutputZeroPoint, clamped.</summary>
public sealed record PreparedMul(
    Operator Operator, int Input, int Second, int Output, BroadcastShape Shape, int ZeroPointA, int ZeroPointB,
    int Multiplier, int Shift, int OutputZeroPoint, int Minimum, int Maximum) : PreparedOperator(Operator, Input, Output);
