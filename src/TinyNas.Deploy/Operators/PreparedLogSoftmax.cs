using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>LOG_SOFTMAX on float32 along rows of <paramref name="Depth"/> values. The one operator whose results may differ in their last bits.</summary>
public sealed record PreparedLogSoftmax(Operator Operator, int Input, int Output, int Rows, int Depth) : PreparedOperator(Operator, Input, Output);
