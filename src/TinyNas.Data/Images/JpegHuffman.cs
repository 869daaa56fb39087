namespace TinyNas.Data;

/// <summary>A Huffman table: codes of up to 8 bits by look-up, longer ones by comparing with the largest code of each length.</summary>
internal sealed class JpegHuffman
{
    private const int LookupBits = 8;
    private readonly ushort[] lookup = new ushort[1 << LookupBits];
    private readonly int[] endOfLength = new int[17];
    private readonly int[] offsetOfLength = new int[17];
    private readonly byte[] symbols;

    private JpegHuffman(byte[] symbols) => this.symbols = symbols;

    /// <summary>Sixteen counts of codes by length, then the symbols in order of their codes.</summary>
    public static JpegHuffman Parse(ReadOnlySpan<byte> data, out int used)
    {
        int count = 0;
        if (data.Length >= 16)
            foreach (byte n in data[..16]) count += n;
        used = 16 + count;
        if (data.Length < used || count > 256) throw new DamagedFileException("a Huffman table is damaged");
        var table = new JpegHuffman(data[16..used].ToArray());
        for (int length = 1, code = 0, index = 0; length <= 16; length++, code <<= 1)
        {
            table.offsetOfLength[length] = index - code;
            for (int i = 0; i < data[length - 1]; i++, code++, index++)
            {
                if (code >= 1 << length) throw new DamagedFileException("a Huffman table is damaged");
                if (length > LookupBits) continue;
                int shift = LookupBits - length;
                Array.Fill(table.lookup, (ushort)((length << 8) | table.symbols[index]), code << shift, 1 << shift);
            }
            table.endOfLength[length] = code;
        }
        return table;
    }

    public int Decode(ref JpegBits bits)
    {
        int peek = bits.Peek16();
        int entry = lookup[peek >> (16 - LookupBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return entry & 0xFF;
        }
        for (int length = LookupBits + 1; length <= 16; length++)
        {
            int code = peek >> (16 - length);
            if (code >= endOfLength[length]) continue;
            bits.Skip(length);
            return symbols[code + offsetOfLength[length]];
        }
        throw new DamagedFileException("its coded data hold a code that is in no table");
    }
}
