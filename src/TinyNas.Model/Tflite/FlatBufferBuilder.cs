using System.Buffers.Binary;
using System.Text;

namespace TinyNas.Model;

/// <summary>
/// Writes a FlatBuffer from its end to its beginning, as the format wants it: what is referred to comes before what refers to it.
/// Objects are named by their distance from the end. The same calls give the same bytes.
/// </summary>
internal sealed class FlatBufferBuilder
{
    private byte[] buffer = new byte[4096];
    private int used, largestAlignment = 4, tableEnd;
    private readonly SortedDictionary<int, int> fields = [];
    private readonly List<(byte[] Layout, int Place)> layouts = [];

    public int String(string text) => Vector(Encoding.UTF8.GetBytes(text), 1, terminated: true);

    public int Bytes(ReadOnlySpan<byte> values, int alignment) => Vector(values, alignment, terminated: false);

    public int Int32s(ReadOnlySpan<int> values)
    {
        StartVector(values.Length, 4, 4);
        for (int i = values.Length - 1; i >= 0; i--) PutInt32(values[i]);
        return EndVector(values.Length);
    }

    public int Int64s(ReadOnlySpan<long> values)
    {
        StartVector(values.Length, 8, 8);
        for (int i = values.Length - 1; i >= 0; i--) BinaryPrimitives.WriteInt64LittleEndian(Take(8), values[i]);
        return EndVector(values.Length);
    }

    public int Singles(ReadOnlySpan<float> values)
    {
        StartVector(values.Length, 4, 4);
        for (int i = values.Length - 1; i >= 0; i--) BinaryPrimitives.WriteSingleLittleEndian(Take(4), values[i]);
        return EndVector(values.Length);
    }

    public int Offsets(ReadOnlySpan<int> objects)
    {
        StartVector(objects.Length, 4, 4);
        for (int i = objects.Length - 1; i >= 0; i--) PutOffset(objects[i]);
        return EndVector(objects.Length);
    }

    /// <summary>Begins a table; its fields follow, then <see cref="EndTable"/>. Tables do not nest.</summary>
    public void StartTable()
    {
        fields.Clear();
        tableEnd = used;
    }

    public void Byte(int field, byte value, byte fallback = 0)
    {
        if (value == fallback) return;
        Align(1, 0);
        Take(1)[0] = value;
        fields[field] = used;
    }

    public void Bool(int field, bool value) => Byte(field, value ? (byte)1 : (byte)0);

    public void Int32(int field, int value, int fallback = 0)
    {
        if (value == fallback) return;
        Align(4, 0);
        PutInt32(value);
        fields[field] = used;
    }

    public void Single(int field, float value)
    {
        Align(4, 0);
        BinaryPrimitives.WriteSingleLittleEndian(Take(4), value);
        fields[field] = used;
    }

    /// <summary>A field that refers to an object made before; 0 is no object.</summary>
    public void Offset(int field, int target)
    {
        if (target == 0) return;
        Align(4, 0);
        PutOffset(target);
        fields[field] = used;
    }

    public int EndTable()
    {
        Align(4, 0);
        PutInt32(0);
        int table = used, count = fields.Count == 0 ? 0 : fields.Keys.Max() + 1;
        var layout = new byte[4 + 2 * count];
        BinaryPrimitives.WriteUInt16LittleEndian(layout, (ushort)layout.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(layout.AsSpan(2), (ushort)(table - tableEnd));
        foreach ((int field, int place) in fields)
            BinaryPrimitives.WriteUInt16LittleEndian(layout.AsSpan(4 + 2 * field), (ushort)(table - place));

        int layoutPlace = layouts.Find(l => l.Layout.AsSpan().SequenceEqual(layout)).Place;
        if (layoutPlace == 0)
        {
            Align(2, layout.Length);
            layout.CopyTo(Take(layout.Length));
            layoutPlace = used;
            layouts.Add((layout, layoutPlace));
        }
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(buffer.Length - table), layoutPlace - table);
        return table;
    }

    public byte[] Finish(int root, string identifier)
    {
        Align(largestAlignment, 8);
        Encoding.ASCII.GetBytes(identifier, Take(4));
        PutOffset(root);
        return buffer[^used..];
    }

    private int Vector(ReadOnlySpan<byte> values, int alignment, bool terminated)
    {
        if (terminated)
        {
            Align(4, values.Length + 1);
            Take(1);
        }
        else
        {
            StartVector(values.Length, 1, alignment);
        }
        values.CopyTo(Take(values.Length));
        return EndVector(values.Length);
    }

    /// <summary>Pads so that the elements, which are written next, begin aligned and the length before them too.</summary>
    private void StartVector(int count, int size, int alignment)
    {
        Align(4, checked(count * size));
        Align(alignment, count * size);
    }

    private int EndVector(int count)
    {
        PutInt32(count);
        return used;
    }

    private void PutInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    private void PutOffset(int target) => PutInt32(used + 4 - target);

    /// <summary>Pads so that after <paramref name="size"/> more bytes the place is a multiple of <paramref name="alignment"/> from the end.</summary>
    private void Align(int alignment, int size)
    {
        largestAlignment = Math.Max(largestAlignment, alignment);
        Take(-(used + size) & (alignment - 1));
    }

    /// <summary>The next bytes before those written so far, all zero.</summary>
    private Span<byte> Take(int count)
    {
        if (used + count > buffer.Length)
        {
            var larger = new byte[Math.Max(checked(buffer.Length * 2), used + count)];
            buffer.AsSpan(buffer.Length - used).CopyTo(larger.AsSpan(larger.Length - used));
            buffer = larger;
        }
        used += count;
        return buffer.AsSpan(buffer.Length - used, count);
    }
}
