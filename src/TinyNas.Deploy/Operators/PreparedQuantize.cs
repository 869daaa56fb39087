using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// QUANTIZE from float32: q = saturate(round(value / Scale) + ZeroPoint), halves away from zero, the division in float32. To int16
/// where <paramref name="IsWide"/>, with a zero point of 0.
/// </summary>
public sealed record PreparedQuantize(
    Operator Operator, int Input, int Output, int Count, bool Signed, float Scale, int ZeroPoint, bool IsWide = false) : PreparedOperator(Operator, Input, Output);
