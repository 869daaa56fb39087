using System.Buffers.Binary;

namespace TinyNas.Data;

internal enum PngColour : byte { Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, RgbAlpha = 6 }

/// <summary>One reduced image: its pixels (x, y) are pixels (X + x StepX, Y + y StepY) of the whole.</summary>
internal readonly record struct PngPass(int X, int Y, int StepX, int StepY, int Width, int Height);

internal sealed record PngHeader(int Width, int Height, int Depth, PngColour ColourType, bool IsInterlaced)
{
    public int Samples => ColourType switch { PngColour.Rgb => 3, PngColour.GreyAlpha => 2, PngColour.RgbAlpha => 4, _ => 1 };

    /// <summary>Distance of the byte that filters call the left one.</summary>
    public int BytesPerPixel => Math.Max(1, Samples * Depth / 8);

    public long RowBytes(int pixels) => ((long)pixels * Samples * Depth + 7) / 8;

    public static PngHeader Parse(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13) throw new DamagedFileException("its header has the wrong length");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        Image.CheckSize(width, height);
        int depth = data[8];
        var colour = (PngColour)data[9];
        bool valid = colour switch
        {
            PngColour.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GreyAlpha or PngColour.RgbAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!valid || data[10] != 0 || data[11] != 0 || data[12] > 1) throw new DamagedFileException("its header asks for a format that PNG does not have");
        return new PngHeader((int)width, (int)height, depth, colour, data[12] == 1);
    }

    /// <summary>The whole image, or Adam7's seven passes; passes without pixels are left out, as they are in the file.</summary>
    public IEnumerable<PngPass> Passes()
    {
        ReadOnlySpan<(int X, int Y, int StepX, int StepY)> steps = IsInterlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        var passes = new List<PngPass>();
        foreach (var (x, y, stepX, stepY) in steps)
        {
            int width = (Width - x + stepX - 1) / stepX, height = (Height - y + stepY - 1) / stepY;
            if (width > 0 && height > 0) passes.Add(new PngPass(x, y, stepX, stepY, width, height));
        }
        return passes;
    }
}
