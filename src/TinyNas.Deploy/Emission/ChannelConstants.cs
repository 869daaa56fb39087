using TinyNas.Model;
using TinyNas.Runtime;

namespace TinyNas.Deploy;

/// <summary>
/// The constants of a layer's output channels as they are emitted. A channel whose result is the same for every input, which
/// training leaves behind with a scale near nothing and a bias near 2^30, becomes one that is plainly constant, so that no sum
/// needs more than 31 bits.
/// </summary>
internal sealed class ChannelConstants
{
    private readonly Requantization q;
    private readonly int taps;

    /// <param name="filters">[channels][taps]</param>
    public ChannelConstants(ReadOnlySpan<sbyte> filters, ReadOnlySpan<int> bias, Requantization q)
    {
        this.q = q;
        taps = filters.Length / bias.Length;
        Filters = filters.ToArray();
        Bias = bias.ToArray();
        Multipliers = [.. q.Multipliers];
        Shifts = [.. q.Shifts];
        for (int c = 0; c < Bias.Length; c++) Settle(c);
    }

    /// <summary>[channels][taps]</summary>
    public sbyte[] Filters { get; }

    public int[] Bias { get; }

    public int[] Multipliers { get; }

    public int[] Shifts { get; }

    /// <summary>The biases with the input's zero point folded in, and <paramref name="spare"/> zeros.</summary>
    public int[] FoldedBias(int spare) => [.. FilterBlocks.FoldZeroPoint(Filters, Bias, q.InputZeroPoint), .. new int[spare]];

    /// <summary>Emits multipliers (int32_t) and shifts (int8_t), 5 bytes per channel, and tells the source what they ask of requantisation.</summary>
    public (string Multipliers, string Shifts) Emit(CSource source, int step)
    {
        for (int c = 0; c < Bias.Length; c++)
        {
            int shift = Shifts[q.IsPerChannel ? c : 0];
            (long low, long high) = Range(c);
            source.Requantises(shift, Math.Max(-low, high));
        }
        source.ClampsTo(q.Minimum, q.Maximum);
        return (
            source.Array<int>($"multipliers_{step}", "int32_t", Multipliers),
            source.Array<int>($"shifts_{step}", "int8_t", Shifts));
    }

    /// <summary>The least and the largest sum of a channel.</summary>
    private (long Low, long High) Range(int channel)
    {
        long low = Bias[channel], high = low;
        int least = sbyte.MinValue - q.InputZeroPoint, most = sbyte.MaxValue - q.InputZeroPoint;
        foreach (sbyte w in Filters.AsSpan(channel * taps, taps))
        {
            low += Math.Min(w * least, w * most);
            high += Math.Max(w * least, w * most);
        }
        return (low, high);
    }

    private void Settle(int channel)
    {
        (long low, long high) = Range(channel);
        // Requantisation keeps the order of sums as long as nothing leaves 32 bits.
        if (!q.IsPerChannel || Shifts[channel] > 0 || low < int.MinValue || high > int.MaxValue) return;
        int value = Requantise(channel, (int)low);
        if (value != Requantise(channel, (int)high)) return;
        Filters.AsSpan(channel * taps, taps).Clear();
        Bias[channel] = (value - q.OutputZeroPoint) * 256;
        Multipliers[channel] = 1 << 30;
        Shifts[channel] = -7;
    }

    private int Requantise(int channel, int sum) =>
        Math.Clamp(FixedPoint.MultiplyByQuantizedMultiplier(sum, Multipliers[channel], Shifts[channel]) + q.OutputZeroPoint, q.Minimum, q.Maximum);
}
