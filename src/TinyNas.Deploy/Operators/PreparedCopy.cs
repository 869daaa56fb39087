using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>RESHAPE and its like: the bytes of the input under another shape.</summary>
public sealed record PreparedCopy(Operator Operator, int Input, int Output, int Bytes) : PreparedOperator(Operator, Input, Output);
