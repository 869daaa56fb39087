#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>A map of elements of <see cref="PixelBytes"/> bytes, all channels of a position together.</summary>
internal readonly record struct ResizeNearestParameters(int InputWidth, int PixelBytes);

/// <summary>RESIZE_NEAREST_NEIGHBOR: output position (y, x) is input position (rows[y], columns[x]).</summary>
internal static class ResizeNearest
{
    public static void Run(
        in ResizeNearestParameters p, ReadOnlySpan<short> rows, ReadOnlySpan<short> columns, ReadOnlySpan<byte> input, Span<byte> output)
    {
        for (int y = 0, to = 0; y < rows.Length; y++)
            for (int x = 0; x < columns.Length; x++, to += p.PixelBytes)
                input.Slice((rows[y] * p.InputWidth + columns[x]) * p.PixelBytes, p.PixelBytes).CopyTo(output.Slice(to));
    }
}
