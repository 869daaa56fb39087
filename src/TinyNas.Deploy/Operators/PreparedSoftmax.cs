using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// SOFTMAX over the last axis of [Rows, Depth], int8 with output scale 1/256 and zero point -128. Differences to the
/// largest, times 2^LeftShift * Multiplier / 2^31, are Q5.26; differences below <paramref name="LeastDifference"/> give -128.
/// </summary>
public sealed record PreparedSoftmax(
    Operator Operator, int Input, int Output, int Rows, int Depth, int Multiplier, int LeftShift, int LeastDifference)
    : PreparedOperator(Operator, Input, Output);
