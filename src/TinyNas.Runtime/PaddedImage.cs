#nullable enable

using System;

namespace TinyNas.Runtime;

/// <summary>
/// A feature map as 16-bit differences to its zero point, with the padding written out as zeros, so that a window of
/// several columns is one contiguous run and no kernel has to ask where the border is.
/// </summary>
internal static class PaddedImage
{
    /// <summary>Writes [PaddedHeight, PaddedWidth, pitch] from channels [first, first + count) of [InputHeight, InputWidth, channels].</summary>
    public static void Fill(
        in Window w, ReadOnlySpan<sbyte> input, int channels, int first, int count, int pitch, int zeroPoint, Span<short> image)
    {
        int width = w.PaddedWidth, height = w.PaddedHeight;
        int inside = Math.Max(0, Math.Min(w.InputWidth, width - w.PadLeft));
        for (int y = 0; y < height; y++)
        {
            Span<short> row = image.Slice(y * width * pitch, width * pitch);
            int source = y - w.PadTop;
            if (source < 0 || source >= w.InputHeight)
            {
                row.Clear();
                continue;
            }
            ReadOnlySpan<sbyte> from = input.Slice(source * w.InputWidth * channels, inside * channels);
            row.Slice(0, w.PadLeft * pitch).Clear();
            row.Slice((w.PadLeft + inside) * pitch).Clear();
            Span<short> to = row.Slice(w.PadLeft * pitch, inside * pitch);
            if (count == channels && pitch == channels)
            {
                Widening.Subtract(from, zeroPoint, to);
                continue;
            }
            // Indices instead of slices: maps of three channels are what this loop is for.
            if (count < pitch) to.Clear();
            for (int x = 0, pixel = first, target = 0; x < inside; x++, pixel += channels, target += pitch)
                for (int c = 0; c < count; c++) to[target + c] = unchecked((short)(from[pixel + c] - zeroPoint));
        }
    }
}
