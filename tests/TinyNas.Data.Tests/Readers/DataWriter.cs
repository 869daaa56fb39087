using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace TinyNas.Data.Tests;

/// <summary>Writes NPZ and IDX files as the reference tools do.</summary>
internal static class DataWriter
{
    public static byte[] Npy(string descr, int[] dimensions, byte[] data, bool fortran = false)
    {
        string shape = dimensions.Length == 1 ? $"({dimensions[0]},)" : $"({string.Join(", ", dimensions)})";
        string header = $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}";
        header = header.PadRight((10 + header.Length + 64) / 64 * 64 - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.ASCII.GetBytes(header), .. data];
    }

    public static byte[] Floats(int[] dimensions, params float[] values) => Npy("<f4", dimensions, MemoryMarshal.AsBytes<float>(values).ToArray());

    public static byte[] Longs(params long[] values) => Npy("<i8", [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    public static byte[] Texts(params string[] values)
    {
        int width = values.Max(v => v.Length);
        return Npy($"<U{width}", [values.Length], [.. values.SelectMany(v => Encoding.UTF32.GetBytes(v.PadRight(width, '\0')))]);
    }

    public static void Npz(string path, params (string Name, byte[] Npy)[] arrays)
    {
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, npy) in arrays)
        {
            using Stream stream = archive.CreateEntry(name + ".npy").Open();
            stream.Write(npy);
        }
    }

    public static byte[] Idx(byte type, int[] dimensions, byte[] data)
    {
        var file = new byte[4 + 4 * dimensions.Length];
        (file[2], file[3]) = (type, (byte)dimensions.Length);
        for (int d = 0; d < dimensions.Length; d++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + 4 * d), dimensions[d]);
        return [.. file, .. data];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var stream = new GZipStream(result, CompressionLevel.Fastest)) stream.Write(bytes);
        return result.ToArray();
    }
}
