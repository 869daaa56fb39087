using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// A function of one int8 value: LOGISTIC, TANH, RELU, RELU6, LEAKY_RELU, HARD_SWISH and ELU. <paramref name="Table"/> has the results of
/// all 256 values; entry i is that of the value with the bits of i. Where a step runs several operators as one, they may differ
/// between <paramref name="Channels"/>, the innermost dimension: one table after the other.
/// </summary>
public sealed record PreparedTable(Operator Operator, int Input, int Output, int Count, ImmutableArray<sbyte> Table, int Channels = 1) : PreparedOperator(Operator, Input, Output);
