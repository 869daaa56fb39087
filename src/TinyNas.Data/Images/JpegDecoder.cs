using System.Buffers.Binary;

namespace TinyNas.Data;

/// <summary>
/// JPEG (ITU-T T.81): baseline, extended sequential and progressive, Huffman-coded, 8 bits, one or three components, any
/// sampling factors, restart markers. Damage is an error, never a half-decoded picture: an image with a grey lower half
/// is no training sample.
/// </summary>
internal sealed class JpegDecoder
{
    /// <summary>Real progressive files have about ten; a small file of thousands of empty scans would run for hours.</summary>
    private const int MaxScans = 256;

    private readonly ushort[]?[] quantisation = new ushort[]?[4];
    private readonly JpegHuffman?[] dcTables = new JpegHuffman?[4];
    private readonly JpegHuffman?[] acTables = new JpegHuffman?[4];
    private JpegFrame? frame;
    private int restartInterval;
    private int adobeTransform = -1;
    private int scans;

    public static bool IsJpeg(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    public static Image Decode(ReadOnlySpan<byte> file) => new JpegDecoder().DecodeFile(file);

    private Image DecodeFile(ReadOnlySpan<byte> file)
    {
        for (int at = 2; ;)
        {
            int marker = NextMarker(file, ref at);
            if (marker == 0xD9) break;
            if (marker is 0xD8 or 0x01) continue;
            int length = at + 2 <= file.Length ? BinaryPrimitives.ReadUInt16BigEndian(file[at..]) : 0;
            if (length < 2 || at + length > file.Length) throw new DamagedFileException("a segment is longer than the file");
            ReadOnlySpan<byte> segment = file.Slice(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                case 0xC4: ReadHuffmanTables(segment); break;
                case 0xDB: ReadQuantisation(segment); break;
                case 0xDD: restartInterval = segment.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment) : throw new DamagedFileException("a restart interval is damaged"); break;
                case 0xEE: if (segment.Length >= 12 && segment.StartsWith("Adobe"u8)) adobeTransform = segment[11]; break;
                case 0xDA: at += ReadScan(segment, file[at..]); break;
                case >= 0xC0 and <= 0xCF and not 0xC8 and not 0xCC:
                    if (frame is not null) throw new DamagedFileException("has two frames");
                    frame = JpegFrame.Parse(marker, segment, file.Length);
                    break;
                case 0xCC: throw new DamagedFileException("arithmetic coding is not read; save it as baseline JPEG");
            }
        }
        if (frame is null || frame.Components.Any(c => c.Quantisation is null)) throw new DamagedFileException("ends before its pixels");
        return JpegPixels.Render(frame, IsRgb(frame));
    }

    private bool IsRgb(JpegFrame frame) => adobeTransform == 0
        || adobeTransform < 0 && frame.Components.Length == 3 && frame.Components is [{ Id: 'R' }, { Id: 'G' }, { Id: 'B' }];

    /// <summary>Skips what lies between segments (fill bytes, rests of a scan) and returns the next marker that is no restart.</summary>
    private static int NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        for (; at + 1 < file.Length; at++)
            if (file[at] == 0xFF && file[at + 1] is not (0 or 0xFF) and not (>= 0xD0 and <= 0xD7))
            {
                at += 2;
                return file[at - 1];
            }
        throw new DamagedFileException("ends before its end marker");
    }

    private void ReadHuffmanTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            int which = segment[0];
            if ((which & 0xEF) > 3) throw new DamagedFileException("a Huffman table is damaged");
            JpegHuffman table = JpegHuffman.Parse(segment[1..], out int used);
            ((which & 0x10) == 0 ? dcTables : acTables)[which & 3] = table;
            segment = segment[(1 + used)..];
        }
    }

    private void ReadQuantisation(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > 0)
        {
            int which = segment[0] & 15, size = 1 + (segment[0] >> 4);
            if (which > 3 || size > 2 || segment.Length < 1 + 64 * size) throw new DamagedFileException("a quantisation table is damaged");
            var table = new ushort[64];
            for (int i = 0; i < 64; i++)
                table[JpegBlock.ZigZag[i]] = size == 1 ? segment[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(segment[(1 + 2 * i)..]);
            quantisation[which] = table;
            segment = segment[(1 + 64 * size)..];
        }
    }

    /// <summary>Decodes a scan and returns how many bytes of entropy-coded data it used.</summary>
    private int ReadScan(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> data)
    {
        if (frame is null) throw new DamagedFileException("a scan stands before the frame");
        if (++scans > MaxScans) throw new DamagedFileException($"has more than {MaxScans} scans");
        if (segment.Length < 1 || segment.Length != 4 + 2 * segment[0] || segment[0] is 0 or > 3) throw new DamagedFileException("a scan header is damaged");
        var parts = new JpegScanPart[segment[0]];
        for (int i = 0; i < parts.Length; i++)
        {
            int id = segment[1 + 2 * i], tables = segment[2 + 2 * i];
            JpegComponent component = Array.Find(frame.Components, c => c.Id == id) ?? throw new DamagedFileException("a scan names an unknown component");
            if (parts.Take(i).Any(p => p.Component == component) || (tables & 0xCC) != 0) throw new DamagedFileException("a scan header is damaged");
            component.Quantisation ??= quantisation[component.QuantisationIndex] ?? throw new DamagedFileException("a quantisation table is missing");
            parts[i] = new JpegScanPart(component, dcTables[tables >> 4], acTables[tables & 3]);
        }
        ReadOnlySpan<byte> rest = segment[(1 + 2 * parts.Length)..];
        var scan = new JpegScan(frame, parts, rest[0], rest[1], rest[2] >> 4, rest[2] & 15, restartInterval);
        return scan.Decode(data);
    }
}
