#nullable enable

using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TinyNas.Runtime;

/// <summary>From 8 bits to 16.</summary>
internal static class Widening
{
    /// <summary>to[i] = from[i] - zeroPoint.</summary>
    public static void Subtract(ReadOnlySpan<sbyte> from, int zeroPoint, Span<short> to)
    {
        unchecked
        {
            int done = 0;
            if (Vector128.IsHardwareAccelerated)
            {
                ReadOnlySpan<Vector128<sbyte>> blocks = MemoryMarshal.Cast<sbyte, Vector128<sbyte>>(from);
                Span<Vector128<short>> wide = MemoryMarshal.Cast<short, Vector128<short>>(to.Slice(0, from.Length));
                var zero = Vector128.Create((short)zeroPoint);
                for (int i = 0; i < blocks.Length; i++)
                {
                    (Vector128<short> low, Vector128<short> high) = Vector128.Widen(blocks[i]);
                    wide[2 * i] = low - zero;
                    wide[2 * i + 1] = high - zero;
                }
                done = blocks.Length * Vector128<sbyte>.Count;
            }
            for (int i = done; i < from.Length; i++) to[i] = (short)(from[i] - zeroPoint);
        }
    }
}
