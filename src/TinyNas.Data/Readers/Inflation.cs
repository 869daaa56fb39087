using System.IO.Compression;

namespace TinyNas.Data;

/// <summary>Reads compressed streams without trusting what a header says about their size.</summary>
internal static class Inflation
{
    /// <summary>Deflate makes at most 1032 bytes of one; a header that claims more lies, and its size is not worth allocating.</summary>
    public static void CheckPlausible(long claimed, long compressed)
    {
        if (claimed < 0 || claimed > Array.MaxLength) throw new DamagedFileException($"{claimed} bytes do not fit into memory");
        if (claimed > 1040 * compressed + 1024) throw new DamagedFileException("shorter than its header says");
    }

    /// <summary>Exactly <paramref name="count"/> bytes; fewer are damage.</summary>
    public static byte[] ReadExactly(Stream stream, int count)
    {
        var bytes = new byte[count];
        if (stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count) throw new DamagedFileException("shorter than its header says");
        return bytes;
    }

    /// <summary>The file, through gzip where it begins with gzip's magic bytes whatever its name.</summary>
    public static Stream Open(string file)
    {
        FileStream stream = File.OpenRead(file);
        bool gzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return gzip ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
