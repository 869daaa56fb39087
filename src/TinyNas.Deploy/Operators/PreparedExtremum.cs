using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>MAXIMUM or MINIMUM of tensors with one scale and zero point.</summary>
public sealed record PreparedExtremum(
    Operator Operator, int Input, int Second, int Output, BroadcastShape Shape, bool IsMaximum) : PreparedOperator(Operator, Input, Output);
