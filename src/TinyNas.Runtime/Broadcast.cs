#nullable enable

namespace TinyNas.Runtime;

/// <summary>
/// Two operands over an output of up to four dimensions [D0, D1, D2, D3]. The operands' strides are in elements; a
/// dimension along which an operand is repeated has stride 0.
/// </summary>
internal readonly record struct Broadcast(
    int D0, int D1, int D2, int D3, int A0, int A1, int A2, int A3, int B0, int B1, int B2, int B3)
{
    /// <summary>Rows along the last dimension.</summary>
    public int Rows => D0 * D1 * D2;

    /// <summary>Where row <paramref name="row"/> begins in the first operand.</summary>
    public int RowOfA(int row) => row / (D1 * D2) * A0 + row / D2 % D1 * A1 + row % D2 * A2;

    /// <summary>Where row <paramref name="row"/> begins in the second operand.</summary>
    public int RowOfB(int row) => row / (D1 * D2) * B0 + row / D2 % D1 * B1 + row % D2 * B2;
}
