#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>What comes after the multiplication of a sum: + OutputZeroPoint, then the clamp to [Minimum, Maximum], which lies in int8.</summary>
internal readonly record struct Requantizer(int OutputZeroPoint, int Minimum, int Maximum)
{
    public sbyte Apply(int sum, int multiplier, int shift)
    {
        unchecked
        {
            int q = FixedPoint.MultiplyByQuantizedMultiplier(sum, multiplier, shift) + OutputZeroPoint;
            return (sbyte)(q < Minimum ? Minimum : q > Maximum ? Maximum : q);
        }
    }

    /// <summary>Requantises the sums, bias added, of as many channels from <paramref name="first"/> on as there are results.</summary>
    public void Apply(
        ReadOnlySpan<int> sums, ReadOnlySpan<int> bias, ReadOnlySpan<int> multipliers, ReadOnlySpan<int> shifts, int first, Span<sbyte> results)
    {
        unchecked
        {
            for (int i = 0; i < results.Length; i++)
                results[i] = Apply(bias.IsEmpty ? sums[i] : sums[i] + bias[first + i], multipliers[first + i], shifts[first + i]);
        }
    }
}
