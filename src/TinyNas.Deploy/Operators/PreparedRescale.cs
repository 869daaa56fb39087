using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>QUANTIZE between int8 and uint8, of one scale and zero point to another: (q - InputZeroPoint) by Multiplier and Shift, plus OutputZeroPoint, saturated.</summary>
public sealed record PreparedRescale(
    Operator Operator, int Input, int Output, int Count, bool InputSigned, bool OutputSigned,
    int InputZeroPoint, int Multiplier, int Shift, int OutputZeroPoint) : PreparedOperator(Operator, Input, Output);
