using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// LOG_SOFTMAX over the last axis of [Rows, Depth], int8 with output scale 1/16 and zero point 127. Differences to the largest,
/// times 2^LeftShift * Multiplier / 2^31, are Q5.26, and back by BackMultiplier and BackShift; those below
/// <paramref name="LeastDifference"/> do not count.
/// </summary>
public sealed record PreparedLogSoftmaxInt8(
    Operator Operator, int Input, int Output, int Rows, int Depth, int Multiplier, int LeftShift, int LeastDifference, int BackMultiplier, int BackShift)
    : PreparedOperator(Operator, Input, Output);
