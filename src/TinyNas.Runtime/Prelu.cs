#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>Values from their zero point up are rescaled by Multiplier and Shift, others times alpha by the second pair.</summary>
internal readonly record struct PreluParameters(
    Broadcast Shape, int InputZeroPoint, int AlphaZeroPoint, int Multiplier, int Shift, int AlphaMultiplier, int AlphaShift,
    Requantizer Requantizer) : IElementwise
{
    public sbyte Apply(int a, int b)
    {
        unchecked
        {
            int value = a - InputZeroPoint;
            return value >= 0
                ? Requantizer.Apply(value, Multiplier, Shift)
                : Requantizer.Apply(value * (b - AlphaZeroPoint), AlphaMultiplier, AlphaShift);
        }
    }
}

/// <summary>PRELU on int8 tensors; alpha is repeated along the dimensions that it lacks.</summary>
internal static class Prelu
{
    public static void Run(in PreluParameters p, ReadOnlySpan<sbyte> input, ReadOnlySpan<sbyte> alpha, Span<sbyte> output) =>
        Elementwise.Run(p, p.Shape, input, alpha, output);
}
