using System.Collections.Immutable;

namespace TinyNas.Deploy;

/// <summary>
/// From 32-bit sums to int8: q = clamp(MultiplyByQuantizedMultiplier(sum, multiplier, shift) + OutputZeroPoint), where the
/// sum was taken over weight * (input - InputZeroPoint) + bias. One multiplier and shift, or one of each per output channel.
/// </summary>
public sealed record Requantization(
    ImmutableArray<int> Multipliers, ImmutableArray<int> Shifts, int InputZeroPoint, int OutputZeroPoint, int Minimum, int Maximum)
{
    public bool IsPerChannel => Multipliers.Length > 1;

    /// <summary>
    /// Whether no result lies below the zero point, so that the rounding of halves below it does not matter, and whether
    /// (2 * zero point + 1) * 2^(-shift - 1) leaves room in 32 bits for a number below 2^30 with any of the shifts.
    /// </summary>
    public bool IsAbove(IEnumerable<int> shifts) => Minimum >= OutputZeroPoint && shifts.All(s => s is < 0 and >= -22);

    /// <summary>The multiplier of output channel <paramref name="channel"/>.</summary>
    public int Multiplier(int channel) => Multipliers[IsPerChannel ? channel : 0];

    /// <summary>The shift of output channel <paramref name="channel"/>; positive is to the left.</summary>
    public int Shift(int channel) => Shifts[IsPerChannel ? channel : 0];
}
