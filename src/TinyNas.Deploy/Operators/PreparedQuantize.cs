using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>QUANTIZE from float32: q = saturate(round(value / Scale) + ZeroPoint), halves away from zero, the division in float32.</summary>
public sealed record PreparedQuantize(
    Operator Operator, int Input, int Output, int Count, bool Signed, float Scale, int ZeroPoint) : PreparedOperator(Operator, Input, Output);
