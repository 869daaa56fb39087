#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>[Outer, Count, Inner] to [Outer, Inner]; Multiplier and Shift hold the rescaling and the division by Count.</summary>
internal readonly record struct MeanParameters(
    int Outer, int Count, int Inner, int InputZeroPoint, int Multiplier, int Shift, Requantizer Requantizer);

/// <summary>MEAN over adjacent axes of an int8 tensor.</summary>
internal static class Mean
{
    public static void Run(in MeanParameters p, ReadOnlySpan<sbyte> input, Span<sbyte> output)
    {
        unchecked
        {
            for (int outer = 0; outer < p.Outer; outer++)
            {
                ReadOnlySpan<sbyte> part = input.Slice(outer * p.Count * p.Inner, p.Count * p.Inner);
                for (int inner = 0; inner < p.Inner; inner++)
                {
                    int sum = 0;
                    for (int i = inner; i < part.Length; i += p.Inner) sum += part[i];
                    output[outer * p.Inner + inner] = p.Requantizer.Apply(sum - p.InputZeroPoint * p.Count, p.Multiplier, p.Shift);
                }
            }
        }
    }
}
