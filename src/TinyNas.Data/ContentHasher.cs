using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// SHA-256 over shape (height, width, channels), element type, values, targets, labels and groups. Numbers are
/// little-endian 32-bit; each array is preceded by its length, -1 where it is absent, so no two data sets share a stream of bytes.
/// </summary>
internal static class ContentHasher
{
    public static string Hash(Shape shape, ElementType type, byte[] bytes, float[] floats, int[] targets, IReadOnlyList<string> labels, int[]? groups)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> word = stackalloc byte[4];
        foreach (int value in (ReadOnlySpan<int>)[shape.Height, shape.Width, shape.Channels, (int)type]) Number(sha, word, value);
        Number(sha, word, bytes.Length);
        sha.AppendData(bytes);
        Number(sha, word, floats.Length);
        Words(sha, word, MemoryMarshal.Cast<float, int>(floats));
        Number(sha, word, targets.Length);
        Words(sha, word, targets);
        Number(sha, word, labels.Count);
        foreach (string label in labels)
        {
            byte[] text = Encoding.UTF8.GetBytes(label);
            Number(sha, word, text.Length);
            sha.AppendData(text);
        }
        Number(sha, word, groups?.Length ?? -1);
        Words(sha, word, groups ?? []);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static void Number(IncrementalHash sha, Span<byte> word, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(word, value);
        sha.AppendData(word);
    }

    private static void Words(IncrementalHash sha, Span<byte> word, ReadOnlySpan<int> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            // Cast in pieces: the byte length of a large array would not fit an int.
            for (; values.Length > 1 << 20; values = values[(1 << 20)..]) sha.AppendData(MemoryMarshal.AsBytes(values[..(1 << 20)]));
            sha.AppendData(MemoryMarshal.AsBytes(values));
        }
        else
        {
            foreach (int value in values) Number(sha, word, value);
        }
    }
}
