namespace TinyNas.Data;

/// <summary>
/// Bits of entropy-coded data, stuffed zero bytes taken out. Before a marker or the end it supplies zeros to look at;
/// using one of them is an error.
/// </summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> data = data;
    private ulong buffer;
    private int count;
    private int padding;

    /// <summary>Bytes taken so far; at a marker it stands before it.</summary>
    public int Position { get; private set; }

    public int Peek16()
    {
        if (count < 16) Fill();
        return (int)(buffer >> (count - 16)) & 0xFFFF;
    }

    public void Skip(int bits)
    {
        count -= bits;
        if (count < padding) throw new DamagedFileException("its coded data end too early");
    }

    public int Read(int bits)
    {
        if (bits == 0) return 0;
        int value = Peek16() >> (16 - bits);
        Skip(bits);
        return value;
    }

    /// <summary>A number of so many bits, of which those with a leading 0 are negative (T.81, figure F.12).</summary>
    public int ReadSigned(int bits)
    {
        int value = Read(bits);
        return bits == 0 || value >> (bits - 1) != 0 ? value : value - (1 << bits) + 1;
    }

    /// <summary>Drops the bits up to the byte boundary and steps over restart marker <paramref name="index"/> (0 to 7).</summary>
    public void Restart(int index)
    {
        buffer = 0;
        count = padding = 0;
        while (Position + 1 < data.Length && data[Position] == 0xFF && data[Position + 1] == 0xFF) Position++;
        if (Position + 1 >= data.Length || data[Position] != 0xFF || data[Position + 1] != 0xD0 + index)
            throw new DamagedFileException("a restart marker is missing");
        Position += 2;
    }

    private void Fill()
    {
        while (count <= 48)
        {
            int next = 0;
            if (Position >= data.Length) padding += 8;
            else if (data[Position] != 0xFF) next = data[Position++];
            else if (Position + 1 < data.Length && data[Position + 1] == 0) (next, Position) = (0xFF, Position + 2);
            else padding += 8;
            buffer = (buffer << 8) | (uint)next;
            count += 8;
        }
    }
}
