#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>[Outer, Count, Inner] to [Outer, Inner].</summary>
internal readonly record struct ArgExtremumParameters(int Outer, int Count, int Inner, bool IsMaximum);

/// <summary>ARG_MAX and ARG_MIN of int8 values: where along an axis the largest, or smallest, is found first.</summary>
internal static class ArgExtremum
{
    public static void Run(in ArgExtremumParameters p, ReadOnlySpan<sbyte> input, Span<int> output)
    {
        for (int o = 0; o < p.Outer; o++)
            for (int i = 0; i < p.Inner; i++)
            {
                ReadOnlySpan<sbyte> values = input.Slice(o * p.Count * p.Inner + i);
                int best = values[0], index = 0;
                for (int k = 1; k < p.Count; k++)
                {
                    int value = values[k * p.Inner];
                    if (p.IsMaximum ? value <= best : value >= best) continue;
                    best = value;
                    index = k;
                }
                output[o * p.Inner + i] = index;
            }
    }
}
