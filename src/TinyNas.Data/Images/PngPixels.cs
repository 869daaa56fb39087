namespace TinyNas.Data;

/// <summary>Samples of an unfiltered PNG row as 8-bit pixels at their place in the image.</summary>
internal static class PngPixels
{
    public static void Expand(PngHeader header, byte[] palette, ReadOnlySpan<byte> row, PngPass pass, int y, Image image)
    {
        int samples = header.Samples, channels = image.Channels;
        int maximum = (1 << Math.Min(header.Depth, 8)) - 1;
        for (int x = 0; x < pass.Width; x++)
        {
            int pixel = (pass.Y + y * pass.StepY) * image.Width + pass.X + x * pass.StepX;
            Span<byte> to = image.Pixels.AsSpan(pixel * channels, channels);
            if (header.ColourType == PngColour.Palette)
            {
                int entry = 3 * Sample(row, x, header.Depth);
                if (entry >= palette.Length) throw new DamagedFileException("a pixel points beyond the palette");
                palette.AsSpan(entry, 3).CopyTo(to);
            }
            else
            {
                // 255 is a multiple of every maximum: 1, 3, 15 and 255.
                for (int c = 0; c < channels; c++) to[c] = (byte)(Sample(row, x * samples + c, header.Depth) * (255 / maximum));
            }
        }
    }

    private static int Sample(ReadOnlySpan<byte> row, int index, int depth)
    {
        if (depth == 8) return row[index];
        // 65535 = 255 × 257: the nearest of 256 levels.
        if (depth == 16) return (((row[2 * index] << 8) | row[2 * index + 1]) + 128) / 257;
        int bit = index * depth;
        return (row[bit >> 3] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
}
