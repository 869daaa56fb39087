using System.Buffers.Binary;
using System.IO.Compression;

namespace TinyNas.Data;

/// <summary>
/// PNG (ISO/IEC 15948): every colour type and bit depth, interlaced or not. Transparency, as alpha or tRNS, is dropped:
/// pixels count as opaque with their stored colour. 16-bit samples are rounded to 8. Critical chunks must have their checksum.
/// </summary>
internal static class PngDecoder
{
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    public static Image Decode(ReadOnlySpan<byte> file)
    {
        PngHeader? header = null;
        byte[] palette = [];
        using var compressed = new MemoryStream();
        bool ended = false;
        for (int at = 8; !ended;)
        {
            if (file.Length - at < 12) throw new DamagedFileException("ends before its end chunk");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) throw new DamagedFileException("a chunk is longer than the file");
            ReadOnlySpan<byte> type = file.Slice(at + 4, 4), data = file.Slice(at + 8, (int)length);
            bool critical = (type[0] & 0x20) == 0;
            if (critical && Crc32.Of(file.Slice(at + 4, 4 + (int)length)) != BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]))
                throw new DamagedFileException("the checksum of a chunk is wrong");
            if (header is null && !type.SequenceEqual("IHDR"u8)) throw new DamagedFileException("does not begin with its header");
            if (type.SequenceEqual("IHDR"u8)) header = header is null ? PngHeader.Parse(data) : throw new DamagedFileException("has two headers");
            else if (type.SequenceEqual("PLTE"u8)) palette = data.ToArray();
            else if (type.SequenceEqual("IDAT"u8)) compressed.Write(data);
            else if (type.SequenceEqual("IEND"u8)) ended = true;
            else if (critical) throw new DamagedFileException("holds a critical chunk that is not part of PNG");
            at += 12 + (int)length;
        }
        if (header!.ColourType == PngColour.Palette && (palette.Length == 0 || palette.Length % 3 != 0 || palette.Length > 768))
            throw new DamagedFileException("has no valid palette");
        return Unpack(header, palette, compressed);
    }

    private static Image Unpack(PngHeader header, byte[] palette, MemoryStream compressed)
    {
        long size = 0;
        foreach (PngPass pass in header.Passes()) size += (1 + header.RowBytes(pass.Width)) * pass.Height;
        Inflation.CheckPlausible(size, compressed.Length);
        compressed.Position = 0;
        using var inflated = new ZLibStream(compressed, CompressionMode.Decompress);
        int channels = header.ColourType is PngColour.Grey or PngColour.GreyAlpha ? 1 : 3;
        var image = new Image(header.Width, header.Height, channels, new byte[header.Width * header.Height * channels]);
        foreach (PngPass pass in header.Passes())
        {
            int rowBytes = (int)header.RowBytes(pass.Width);
            byte[] row = new byte[rowBytes], above = new byte[rowBytes];
            for (int y = 0; y < pass.Height; y++)
            {
                int filter = inflated.ReadByte();
                if (inflated.ReadAtLeast(row, rowBytes, throwOnEndOfStream: false) < rowBytes) throw new DamagedFileException("its pixels end too early");
                PngFilter.Undo(filter, row, above, header.BytesPerPixel);
                PngPixels.Expand(header, palette, row, pass, y, image);
                (row, above) = (above, row);
            }
        }
        return image;
    }
}
