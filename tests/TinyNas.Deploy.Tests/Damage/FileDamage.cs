using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>A .tflite file and where its tables are: damage to weights alone shows little.</summary>
internal sealed class FileDamage
{
    private static readonly int[] Boundaries = [0, 1, -1, 2, 4, 255, 256, 65535, 65536, 1 << 20, 1 << 28, int.MaxValue, int.MinValue];
    private readonly byte[] file;
    private readonly List<(int Start, int Length)> tables = [];
    private readonly int tableBytes;

    public FileDamage(string name, byte[] file)
    {
        (Name, this.file) = (name, file);
        Graph = TfliteReader.Read(file, name);
        int at = 0;
        foreach (ArraySegment<byte> constant in Graph.Tensors.Where(t => t.IsConstant).Select(Part).OrderBy(p => p.Offset))
        {
            if (constant.Offset > at) tables.Add((at, constant.Offset - at));
            at = Math.Max(at, constant.Offset + constant.Count);
        }
        if (at < file.Length) tables.Add((at, file.Length - at));
        tableBytes = tables.Sum(t => t.Length);
    }

    public string Name { get; }

    public Graph Graph { get; }

    public int Length => file.Length;

    /// <summary>One to four mutations, mostly one; an eighth of all files is cut off, too.</summary>
    public byte[] Mutated(ref RandomStream random)
    {
        byte[] bytes = (byte[])file.Clone();
        for (int count = 1 + random.NextInt(2) * random.NextInt(4); count > 0; count--) bytes = Mutate(bytes, ref random);
        return random.NextInt(8) == 0 ? bytes[..random.NextInt(bytes.Length + 1)] : bytes;
    }

    private byte[] Mutate(byte[] bytes, ref RandomStream random)
    {
        int at = Math.Min(Place(ref random), bytes.Length - 1), word = at & ~3, run = 1 + random.NextInt(16), other = Math.Min(Place(ref random), bytes.Length - 1);
        switch (random.NextInt(8))
        {
            case 0: bytes[at] ^= (byte)(1 << random.NextInt(8)); return bytes;
            case 1: bytes[at] = (byte)random.NextInt(256); return bytes;
            case 2: Write(bytes, word, Boundaries[random.NextInt(Boundaries.Length)]); return bytes;
            case 3: Write(bytes, word, random.NextInt(3) == 0 ? bytes.Length - word : random.NextInt(300) - 20); return bytes;
            case 4: Write(bytes, word, Read(bytes, word) + random.NextInt(9) - 4); return bytes;
            case 5:
                bytes.AsSpan(at, Math.Min(run, bytes.Length - at)).Fill((byte)random.NextInt(2));
                return bytes;
            case 6:
                int length = Math.Min(run * 4, Math.Min(bytes.Length - at, bytes.Length - other));
                bytes.AsSpan(other, length).CopyTo(bytes.AsSpan(at, length));
                return bytes;
            // What follows moves: every offset across this place is wrong now.
            default: return random.NextInt(2) == 0 ? [.. bytes[..at], .. new byte[run], .. bytes[at..]] : [.. bytes[..at], .. bytes[Math.Min(at + run, bytes.Length)..], 0];
        }
    }

    /// <summary>Mostly in tables.</summary>
    private int Place(ref RandomStream random)
    {
        if (random.NextInt(8) == 0) return random.NextInt(file.Length);
        int at = random.NextInt(tableBytes);
        foreach (var (start, length) in tables)
        {
            if (at < length) return start + at;
            at -= length;
        }
        return 0;
    }

    private static void Write(byte[] bytes, int at, int value)
    {
        if (at + 4 <= bytes.Length) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
    }

    private static int Read(byte[] bytes, int at) => at + 4 <= bytes.Length ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)) : 0;

    private static ArraySegment<byte> Part(Tensor tensor) => MemoryMarshal.TryGetArray(tensor.Data, out ArraySegment<byte> part) ? part : default;
}
