#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// A block of D0 * D1 * D2 * D3 * D4 runs of <paramref name="Run"/> bytes. Run (i0, …, i4) is read at From + i0 * F0 + … + i4 * F4
/// and written at To + i0 * T0 + … + i4 * T4; all in bytes.
/// </summary>
internal readonly record struct RearrangeParameters(
    int D0, int D1, int D2, int D3, int D4, int Run,
    int From, int F0, int F1, int F2, int F3, int F4, int To, int T0, int T1, int T2, int T3, int T4);

/// <summary>Whatever moves elements and computes nothing: TRANSPOSE, CONCATENATION, PAD, SPLIT, SLICE and their like, on any type.</summary>
internal static class Rearrange
{
    public static void Run(in RearrangeParameters p, ReadOnlySpan<byte> input, Span<byte> output)
    {
        for (int i0 = 0; i0 < p.D0; i0++)
            for (int i1 = 0; i1 < p.D1; i1++)
                for (int i2 = 0; i2 < p.D2; i2++)
                    for (int i3 = 0; i3 < p.D3; i3++)
                    {
                        int from = p.From + i0 * p.F0 + i1 * p.F1 + i2 * p.F2 + i3 * p.F3;
                        int to = p.To + i0 * p.T0 + i1 * p.T1 + i2 * p.T2 + i3 * p.T3;
                        for (int i4 = 0; i4 < p.D4; i4++, from += p.F4, to += p.T4) input.Slice(from, p.Run).CopyTo(output.Slice(to));
                    }
    }

    /// <summary>Every byte of the output before parts of it are written.</summary>
    public static void Fill(int value, Span<byte> output) => output.Fill(unchecked((byte)value));
}
