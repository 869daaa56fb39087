#nullable enable

using System;

namespace TinyNas.Runtime;

internal readonly record struct MulParameters(
    Broadcast Shape, int ZeroPointA, int ZeroPointB, int Multiplier, int Shift, Requantizer Requantizer) : IElementwise
{
    public sbyte Apply(int a, int b) => Requantizer.Apply(unchecked((a - ZeroPointA) * (b - ZeroPointB)), Multiplier, Shift);
}

/// <summary>MUL on int8 tensors with broadcasting.</summary>
internal static class Mul
{
    public static void Run(in MulParameters p, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, Span<sbyte> output) =>
        Elementwise.Run(p, p.Shape, a, b, output);
}
