using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// QUANTIZE between signed types of which one is int16 or int32: (q - InputZeroPoint) by Multiplier and Shift, plus OutputZeroPoint,
/// saturated. Sizes are bytes of an element. The zero points of the wide types are 0.
/// </summary>
public sealed record PreparedRescaleWide(
    Operator Operator, int Input, int Output, int Count, int InputSize, int OutputSize,
    int InputZeroPoint, int Multiplier, int Shift, int OutputZeroPoint) : PreparedOperator(Operator, Input, Output);
