using System.Buffers.Binary;

namespace TinyNas.Data;

/// <summary>One colour component: its size in samples and blocks, and its coefficients (blocks of 64 in natural order).</summary>
internal sealed class JpegComponent(int id, int horizontal, int vertical, int quantisationIndex)
{
    public int Id { get; } = id;
    public int Horizontal { get; } = horizontal;
    public int Vertical { get; } = vertical;
    public int QuantisationIndex { get; } = quantisationIndex;

    /// <summary>As it stood when the component's first scan began; null before.</summary>
    public ushort[]? Quantisation { get; set; }

    public int Width { get; private set; }
    public int Height { get; private set; }
    /// <summary>Blocks that hold samples: what a scan of this component alone codes.</summary>
    public int BlocksWide { get; private set; }
    public int BlocksHigh { get; private set; }
    /// <summary>Blocks per stored row: padded to whole interleaved units.</summary>
    public int Stride { get; private set; }
    public short[] Coefficients { get; private set; } = [];

    public void Measure(JpegFrame frame)
    {
        Width = (frame.Width * Horizontal + frame.MaxHorizontal - 1) / frame.MaxHorizontal;
        Height = (frame.Height * Vertical + frame.MaxVertical - 1) / frame.MaxVertical;
        BlocksWide = (Width + 7) / 8;
        BlocksHigh = (Height + 7) / 8;
        Stride = frame.UnitsWide * Horizontal;
    }

    public void Allocate(JpegFrame frame) => Coefficients = new short[(long)Stride * frame.UnitsHigh * Vertical * 64 is var size && size <= Array.MaxLength
        ? size : throw new DamagedFileException("too large for memory")];
}

/// <summary>Size, components and coding of the picture. A unit (MCU) holds Horizontal × Vertical blocks of each component.</summary>
internal sealed record JpegFrame(int Width, int Height, bool IsProgressive, JpegComponent[] Components)
{
    public int MaxHorizontal { get; } = Components.Max(c => c.Horizontal);
    public int MaxVertical { get; } = Components.Max(c => c.Vertical);
    public int UnitsWide => (Width + 8 * MaxHorizontal - 1) / (8 * MaxHorizontal);
    public int UnitsHigh => (Height + 8 * MaxVertical - 1) / (8 * MaxVertical);

    public static JpegFrame Parse(int marker, ReadOnlySpan<byte> segment, int fileLength)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2))
            throw new DamagedFileException($"{(marker is 0xC3 ? "lossless" : marker < 0xC8 ? "hierarchical" : "arithmetic")} coding is not read; save it as baseline JPEG");
        if (segment.Length < 6 || segment.Length != 6 + 3 * segment[5]) throw new DamagedFileException("its frame header is damaged");
        if (segment[0] != 8) throw new DamagedFileException($"{segment[0]}-bit samples are not read; save it with 8 bits");
        if (segment[5] is not (1 or 3)) throw new DamagedFileException($"{segment[5]} components (CMYK?) are not read; save it as colour or grey");
        int height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        Image.CheckSize(width, height);
        var components = new JpegComponent[segment[5]];
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<byte> part = segment.Slice(6 + 3 * i, 3);
            int horizontal = part[1] >> 4, vertical = part[1] & 15;
            if (horizontal is 0 or > 4 || vertical is 0 or > 4 || part[2] > 3) throw new DamagedFileException("its frame header is damaged");
            components[i] = new JpegComponent(part[0], horizontal, vertical, part[2]);
        }
        var frame = new JpegFrame(width, height, marker == 0xC2, components);
        long blocks = 0;
        foreach (JpegComponent component in components)
        {
            component.Measure(frame);
            blocks += (long)component.BlocksWide * component.BlocksHigh;
        }
        // Every block costs a bit at least, so a short file that claims a large picture is cut off: nothing is allocated for it.
        if (blocks > 8L * fileLength) throw new DamagedFileException("is too short for its size");
        foreach (JpegComponent component in components) component.Allocate(frame);
        return frame;
    }
}
