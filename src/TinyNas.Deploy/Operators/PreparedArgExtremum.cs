using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>ARG_MAX or ARG_MIN of int8 values, int32 indices: [Outer, Count, Inner] to [Outer, Inner]. Of equal values the first counts.</summary>
public sealed record PreparedArgExtremum(
    Operator Operator, int Input, int Output, int Outer, int Count, int Inner, bool IsMaximum) : PreparedOperator(Operator, Input, Output);
