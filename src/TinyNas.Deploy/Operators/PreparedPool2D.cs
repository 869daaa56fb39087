using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// MAX_POOL_2D, or AVERAGE_POOL_2D where <paramref name="IsAverage"/>. The average is taken over the positions inside the
/// input, halves away from zero; nothing is rescaled.
/// </summary>
public sealed record PreparedPool2D(
    Operator Operator, int Input, int Output, bool IsAverage, Window2D Window, int Channels, int Minimum, int Maximum)
    : PreparedOperator(Operator, Input, Output);
