namespace TinyNas.Data;

/// <summary>A component's part in a scan with its tables, and the running prediction of its DC values.</summary>
internal sealed class JpegScanPart(JpegComponent component, JpegHuffman? dc, JpegHuffman? ac)
{
    public JpegComponent Component { get; } = component;
    public JpegHuffman Dc => dc ?? throw new DamagedFileException("a Huffman table is missing");
    public JpegHuffman Ac => ac ?? throw new DamagedFileException("a Huffman table is missing");
    public int Prediction { get; set; }
}

/// <summary>
/// One pass over the coefficients: all of them at once (sequential), or a band from <paramref name="first"/> to
/// <paramref name="last"/> in zigzag order down to bit <paramref name="low"/> (progressive; <paramref name="high"/> is 0
/// for the first pass over a band, else the bit reached before).
/// </summary>
internal sealed class JpegScan(JpegFrame frame, JpegScanPart[] parts, int first, int last, int high, int low, int restartInterval)
{
    private int endOfBandRun;

    public int Decode(ReadOnlySpan<byte> data)
    {
        bool valid = frame.IsProgressive
            ? low <= 13 && (high == 0 || high == low + 1) && (first == 0 ? last == 0 : first <= last && last <= 63 && parts.Length == 1)
            : first == 0 && last == 63 && high == 0 && low == 0;
        if (!valid) throw new DamagedFileException("a scan header is damaged");
        var bits = new JpegBits(data);
        bool alone = parts.Length == 1;
        int wide = alone ? parts[0].Component.BlocksWide : frame.UnitsWide;
        int units = wide * (alone ? parts[0].Component.BlocksHigh : frame.UnitsHigh);
        for (int unit = 0; unit < units; unit++)
        {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0) Restart(ref bits, unit / restartInterval - 1);
            int x = unit % wide, y = unit / wide;
            if (alone)
                DecodeBlock(ref bits, parts[0], x, y);
            else
                foreach (JpegScanPart part in parts)
                    for (int v = 0; v < part.Component.Vertical; v++)
                        for (int h = 0; h < part.Component.Horizontal; h++)
                            DecodeBlock(ref bits, part, x * part.Component.Horizontal + h, y * part.Component.Vertical + v);
        }
        return bits.Position;
    }

    private void Restart(ref JpegBits bits, int index)
    {
        bits.Restart(index & 7);
        endOfBandRun = 0;
        foreach (JpegScanPart part in parts) part.Prediction = 0;
    }

    private void DecodeBlock(ref JpegBits bits, JpegScanPart part, int x, int y)
    {
        Span<short> block = part.Component.Coefficients.AsSpan((y * part.Component.Stride + x) * 64, 64);
        if (!frame.IsProgressive)
        {
            DecodeDc(ref bits, part, block);
            DecodeBand(ref bits, part, block, 1, 63);
        }
        else if (first == 0)
        {
            if (high == 0) DecodeDc(ref bits, part, block);
            else if (bits.Read(1) != 0) block[0] |= (short)(1 << low);
        }
        else if (high == 0)
        {
            if (endOfBandRun > 0) endOfBandRun--;
            else DecodeBand(ref bits, part, block, first, last);
        }
        else
        {
            RefineBand(ref bits, part, block);
        }
    }

    private void DecodeDc(ref JpegBits bits, JpegScanPart part, Span<short> block)
    {
        int size = part.Dc.Decode(ref bits);
        if (size > 15) throw new DamagedFileException("a coefficient is out of range");
        part.Prediction += bits.ReadSigned(size);
        block[0] = (short)(part.Prediction << low);
    }

    private void DecodeBand(ref JpegBits bits, JpegScanPart part, Span<short> block, int from, int to)
    {
        JpegHuffman table = part.Ac;
        for (int k = from; k <= to; k++)
        {
            int code = table.Decode(ref bits), run = code >> 4, size = code & 15;
            if (size == 0 && run < 15)
            {
                // Sequential files have only run 0, the end of this block.
                endOfBandRun = frame.IsProgressive ? (1 << run) - 1 + bits.Read(run) : 0;
                return;
            }
            k += run;
            if (size == 0) continue;
            if (k > to) throw new DamagedFileException("a coefficient is out of range");
            block[JpegBlock.ZigZag[k]] = (short)(bits.ReadSigned(size) << low);
        }
    }

    /// <summary>One more bit of coefficients that are not zero, and new ones of magnitude one in the gaps that runs skip (T.81, G.1.2.3).</summary>
    private void RefineBand(ref JpegBits bits, JpegScanPart part, Span<short> block)
    {
        int k = first;
        if (endOfBandRun == 0)
        {
            JpegHuffman table = part.Ac;
            for (; k <= last; k++)
            {
                int code = table.Decode(ref bits), run = code >> 4, size = code & 15, value = 0;
                if (size > 1) throw new DamagedFileException("a coefficient is out of range");
                if (size == 1) value = bits.Read(1) != 0 ? 1 << low : -1 << low;
                else if (run < 15)
                {
                    endOfBandRun = (1 << run) + bits.Read(run);
                    break;
                }
                k = RefineUpTo(ref bits, block, k, run);
                if (value == 0) continue;
                if (k > last) throw new DamagedFileException("a coefficient is out of range");
                block[JpegBlock.ZigZag[k]] = (short)value;
            }
        }
        if (endOfBandRun == 0) return;
        RefineUpTo(ref bits, block, k, int.MaxValue);
        endOfBandRun--;
    }

    /// <summary>Refines from k on and returns the index of the zero after <paramref name="zeros"/> skipped ones.</summary>
    private int RefineUpTo(ref JpegBits bits, Span<short> block, int k, int zeros)
    {
        for (; k <= last; k++)
        {
            ref short coefficient = ref block[JpegBlock.ZigZag[k]];
            if (coefficient != 0)
            {
                if (bits.Read(1) != 0) coefficient += (short)(coefficient > 0 ? 1 << low : -1 << low);
            }
            else if (zeros-- == 0)
            {
                break;
            }
        }
        return k;
    }
}
