#nullable enable

using System;

namespace TinyNas.Runtime;

internal readonly record struct ExtremumParameters(Broadcast Shape, bool IsMaximum) : IElementwise
{
    public sbyte Apply(int a, int b) => unchecked((sbyte)(a > b == IsMaximum ? a : b));
}

/// <summary>MAXIMUM and MINIMUM on int8 tensors of one scale and zero point, with broadcasting.</summary>
internal static class Extremum
{
    public static void Run(in ExtremumParameters p, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, Span<sbyte> output) =>
        Elementwise.Run(p, p.Shape, a, b, output);
}
