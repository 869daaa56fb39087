using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>DEQUANTIZE to float32: value = Scale * (q - ZeroPoint), the product in double.</summary>
public sealed record PreparedDequantize(
    Operator Operator, int Input, int Output, int Count, bool Signed, float Scale, int ZeroPoint) : PreparedOperator(Operator, Input, Output);
