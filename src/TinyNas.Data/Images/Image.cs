namespace TinyNas.Data;

/// <summary>8-bit pixels, row after row from the top, 1 (grey) or 3 (red, green, blue) interleaved channels.</summary>
public sealed record Image(int Width, int Height, int Channels, byte[] Pixels)
{
    /// <summary>Larger images, and sides beyond 65535, are refused before anything is allocated.</summary>
    public const long MaxPixels = 64L << 20;

    /// <summary>
    /// Grey as (77 R + 150 G + 29 B + 128) >> 8, the BT.601 weights in 256ths, which firmware repeats with one shift; grey
    /// to colour by repeating the value.
    /// </summary>
    public Image WithChannels(int channels)
    {
        if (channels == Channels) return this;
        var pixels = new byte[Width * Height * channels];
        if (channels == 1)
            for (int i = 0, p = 0; i < pixels.Length; i++, p += 3)
                pixels[i] = (byte)((77 * Pixels[p] + 150 * Pixels[p + 1] + 29 * Pixels[p + 2] + 128) >> 8);
        else
            for (int i = 0; i < pixels.Length; i++) pixels[i] = Pixels[i / 3];
        return new Image(Width, Height, channels, pixels);
    }

    internal static void CheckSize(long width, long height)
    {
        if (width is <= 0 or > 65535 || height is <= 0 or > 65535) throw new DamagedFileException($"its size is {width}x{height}");
        if (width * height > MaxPixels) throw new DamagedFileException($"{width}x{height} pixels are more than the {MaxPixels >> 20} Mi that are read");
    }
}
