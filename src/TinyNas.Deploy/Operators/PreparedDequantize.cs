using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>DEQUANTIZE to float32: value = Scale * (q - ZeroPoint), the product in double. From int16 where <paramref name="IsWide"/>, with a zero point of 0.</summary>
public sealed record PreparedDequantize(
    Operator Operator, int Input, int Output, int Count, bool Signed, float Scale, int ZeroPoint, bool IsWide = false) : PreparedOperator(Operator, Input, Output);
