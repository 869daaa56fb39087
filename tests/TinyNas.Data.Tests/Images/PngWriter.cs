using System.Buffers.Binary;
using System.IO.Compression;

namespace TinyNas.Data.Tests;

/// <summary>Encodes PNG files of any colour type, depth, filter and interlacing from samples that the test chose.</summary>
internal static class PngWriter
{
    /// <summary><paramref name="samples"/>: row after row, all samples of a pixel together, each below 2^depth.</summary>
    public static byte[] Encode(int width, int height, int colourType, int depth, int[] samples, bool interlaced = false, byte[]? palette = null)
    {
        int perPixel = colourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        using var pixels = new MemoryStream();
        (int X, int Y, int Dx, int Dy)[] passes = interlaced
            ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
            : [(0, 0, 1, 1)];
        foreach (var (x0, y0, dx, dy) in passes)
        {
            byte[]? above = null;
            for (int y = y0; y < height && x0 < width; y += dy)
            {
                var row = new List<int>();
                for (int x = x0; x < width; x += dx)
                    for (int s = 0; s < perPixel; s++) row.Add(samples[(y * width + x) * perPixel + s]);
                byte[] packed = Pack(row, depth);
                // Every filter in turn.
                int filter = y / dy % 5;
                pixels.WriteByte((byte)filter);
                pixels.Write(Filter(filter, packed, above ?? new byte[packed.Length], Math.Max(1, perPixel * depth / 8)));
                above = packed;
            }
        }
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)colourType;
        header[12] = (byte)(interlaced ? 1 : 0);
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", "Comment\0an ancillary chunk"u8.ToArray());
        if (palette is not null) Chunk(file, "PLTE", palette);
        byte[] compressed = Compress(pixels.ToArray());
        // Two IDAT chunks: the stream goes on across the border.
        Chunk(file, "IDAT", compressed[..(compressed.Length / 2)]);
        Chunk(file, "IDAT", compressed[(compressed.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] Grey(int width, int height, Func<int, int, int> value) =>
        Encode(width, height, 0, 8, [.. Enumerable.Range(0, width * height).Select(i => value(i % width, i / width))]);

    public static byte[] Colour(int width, int height, Func<int, int, (int R, int G, int B)> value) =>
        Encode(width, height, 2, 8, [.. Enumerable.Range(0, width * height).SelectMany(i => value(i % width, i / width) is var (r, g, b) ? new[] { r, g, b } : [])]);

    public static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, BitwiseCrc(body));
        file.Write(number);
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var stream = new ZLibStream(result, CompressionLevel.Optimal)) stream.Write(bytes);
        return result.ToArray();
    }

    private static byte[] Pack(List<int> samples, int depth)
    {
        if (depth == 16) return [.. samples.SelectMany(s => new[] { (byte)(s >> 8), (byte)s })];
        var packed = new byte[(samples.Count * depth + 7) / 8];
        for (int i = 0; i < samples.Count; i++) packed[i * depth / 8] |= (byte)(samples[i] << (8 - depth - i * depth % 8));
        return packed;
    }

    private static byte[] Filter(int filter, byte[] row, byte[] above, int distance)
    {
        var result = new byte[row.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int a = i < distance ? 0 : row[i - distance], b = above[i], c = i < distance ? 0 : above[i - distance];
            int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
            int paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
            result[i] = (byte)(row[i] - (filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => paeth, _ => 0 }));
        }
        return result;
    }

    private static uint BitwiseCrc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
