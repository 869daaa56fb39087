using System.Buffers.Binary;

namespace TinyNas.Model;

/// <summary>
/// Reads a FlatBuffer without trusting it: every offset is checked, and the elements copied out are limited to a multiple of
/// the file's length, so that tables which share their vectors cannot blow a small file up.
/// </summary>
internal sealed class FlatBufferReader(ReadOnlyMemory<byte> file)
{
    private long budget = 16L * file.Length + 4096;

    public int Length => file.Length;

    public FlatTable Root(string identifier)
    {
        if (file.Length < 8) throw new FlatBufferException("it is too short");
        for (int i = 0; i < 4; i++)
            if (file.Span[4 + i] != identifier[i]) throw new FlatBufferException($"it lacks the identifier {identifier}");
        return new FlatTable(this, Follow(0));
    }

    public ReadOnlySpan<byte> Bytes(long position, long count)
    {
        if (position < 0 || count < 0 || position > file.Length - count) throw new FlatBufferException("an offset leads outside the file");
        return file.Span.Slice((int)position, (int)count);
    }

    public ReadOnlyMemory<byte> Memory(long position, long count)
    {
        Bytes(position, count);
        return file.Slice((int)position, (int)count);
    }

    public ushort UInt16(long position) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(position, 2));

    public int Int32(long position) => BinaryPrimitives.ReadInt32LittleEndian(Bytes(position, 4));

    public long Int64(long position) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(position, 8));

    public float Single(long position) => BinaryPrimitives.ReadSingleLittleEndian(Bytes(position, 4));

    /// <summary>The place that the unsigned 32-bit offset at <paramref name="position"/> leads to.</summary>
    public int Follow(int position)
    {
        long target = position + (long)(uint)Int32(position);
        Bytes(target, 4);
        return (int)target;
    }

    /// <summary>Counts elements that are about to be copied.</summary>
    public void Spend(long elements)
    {
        budget -= elements;
        if (budget < 0) throw new FlatBufferException("its tables hold more than the file");
    }
}
