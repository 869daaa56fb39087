using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// A function of one int8 value: LOGISTIC, TANH, RELU, RELU6, LEAKY_RELU, HARD_SWISH and ELU. <paramref name="Table"/> has the results of
/// all 256 values; entry i is that of the value with the bits of i.
/// </summary>
public sealed record PreparedTable(Operator Operator, int Input, int Output, int Count, ImmutableArray<sbyte> Table) : PreparedOperator(Operator, Input, Output);
