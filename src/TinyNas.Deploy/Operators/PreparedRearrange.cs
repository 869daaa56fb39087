using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// Elements are moved and nothing is computed: TRANSPOSE, CONCATENATION, PACK, UNPACK, SPLIT, SLICE, STRIDED_SLICE, PAD and
/// PADV2. First, where <paramref name="Fill"/> is not -1, every byte of the output becomes Fill; then each part is copied.
/// </summary>
public sealed record PreparedRearrange(
    Operator Operator, int Input, int Output, ImmutableArray<RearrangePart> Parts, int Fill = -1) : PreparedOperator(Operator, Input, Output);

/// <summary>
/// A block of five dimensions of runs of <paramref name="Run"/> bytes, from tensor <paramref name="Source"/> to tensor
/// <paramref name="Target"/>. Strides and starts are in bytes.
/// </summary>
public sealed record RearrangePart(
    int Source, int Target, ImmutableArray<int> Dimensions, int Run,
    int From, ImmutableArray<int> FromStrides, int To, ImmutableArray<int> ToStrides);
