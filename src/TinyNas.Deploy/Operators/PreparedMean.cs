using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// MEAN over adjacent axes: [Outer, Count, Inner] to [Outer, Inner]. Element: the int32 sum minus InputZeroPoint * Count, by
/// Multiplier and Shift (which hold the division by Count), plus OutputZeroPoint, clamped to int8.
/// </summary>
public sealed record PreparedMean(
    Operator Operator, int Input, int Output, int Outer, int Count, int Inner, int Multiplier, int Shift,
    int InputZeroPoint, int OutputZeroPoint) : PreparedOperator(Operator, Input, Output);
