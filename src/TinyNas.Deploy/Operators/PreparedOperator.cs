using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// An operator with every integer that its kernel needs, computed once from the real scales. The interpreter, the emitted
/// C and the generated class all read these figures and compute none of their own, so they cannot differ.
/// </summary>
/// <param name="Input">Index of the tensor that flows in (operators with two name the second themselves).</param>
/// <param name="Output">Index of the tensor that is written.</param>
public abstract record PreparedOperator(Operator Operator, int Input, int Output);
