using System.Text;

namespace TinyNas.Model;

/// <summary>One table of a FlatBuffer. Fields are named by their number in the schema; an absent field has its default.</summary>
internal readonly struct FlatTable
{
    private readonly FlatBufferReader reader;
    private readonly int position, layout, layoutSize;

    public FlatTable(FlatBufferReader reader, int position)
    {
        this.reader = reader;
        this.position = position;
        long start = position - (long)reader.Int32(position);
        reader.Bytes(start, 4);
        layout = (int)start;
        layoutSize = reader.UInt16(layout);
        if (layoutSize < 4 || (layoutSize & 1) != 0) throw new FlatBufferException("a table has no layout");
        reader.Bytes(layout, layoutSize);
    }

    public bool Has(int field) => Place(field) != 0;

    public byte Byte(int field, byte fallback = 0) => Place(field) is var p and not 0 ? reader.Bytes(p, 1)[0] : fallback;

    public bool Bool(int field) => Byte(field) != 0;

    public int Int32(int field, int fallback = 0) => Place(field) is var p and not 0 ? reader.Int32(p) : fallback;

    public long Int64(int field) => Place(field) is var p and not 0 ? reader.Int64(p) : 0;

    public float Single(int field, float fallback = 0) => Place(field) is var p and not 0 ? reader.Single(p) : fallback;

    public FlatTable? Table(int field) => Place(field) is var p and not 0 ? new FlatTable(reader, reader.Follow(p)) : null;

    public string String(int field)
    {
        (int start, int count) = Vector(field, 1);
        reader.Spend(count);
        return Encoding.UTF8.GetString(reader.Bytes(start, count));
    }

    /// <summary>A vector of bytes as a part of the file, not copied.</summary>
    public ReadOnlyMemory<byte> Blob(int field)
    {
        (int start, int count) = Vector(field, 1);
        return count == 0 ? default : reader.Memory(start, count);
    }

    public int[] Int32s(int field) => Elements(field, 4, static (r, p) => r.Int32(p));

    public long[] Int64s(int field) => Elements(field, 8, static (r, p) => r.Int64(p));

    public float[] Singles(int field) => Elements(field, 4, static (r, p) => r.Single(p));

    public FlatTable[] Tables(int field) => Elements(field, 4, static (r, p) => new FlatTable(r, r.Follow(p)));

    private T[] Elements<T>(int field, int size, Func<FlatBufferReader, int, T> read)
    {
        (int start, int count) = Vector(field, size);
        reader.Spend(count);
        var elements = new T[count];
        for (int i = 0; i < count; i++) elements[i] = read(reader, start + i * size);
        return elements;
    }

    private (int Start, int Count) Vector(int field, int size)
    {
        int place = Place(field);
        if (place == 0) return (0, 0);
        int vector = reader.Follow(place);
        int count = reader.Int32(vector);
        if (count < 0) throw new FlatBufferException("a vector has a negative length");
        reader.Bytes(vector + 4L, (long)count * size);
        return (vector + 4, count);
    }

    /// <summary>Where the field's value lies; 0 for an absent field.</summary>
    private int Place(int field)
    {
        int entry = 4 + 2 * field;
        if (entry + 2 > layoutSize) return 0;
        int offset = reader.UInt16(layout + entry);
        if (offset == 0) return 0;
        reader.Bytes(position + (long)offset, 1);
        return position + offset;
    }
}
