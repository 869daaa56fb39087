using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace TinyNas.Data;

/// <summary>
/// The .npy format, versions 1 to 3: magic, version, header length, a Python dictionary literal with descr,
/// fortran_order and shape, then the elements.
/// </summary>
internal static partial class NpyFormat
{
    public static ArrayFile Parse(byte[] file)
    {
        if (file.Length < 12 || file[0] != 0x93 || !file.AsSpan(1, 5).SequenceEqual("NUMPY"u8)) throw new DamagedFileException("not an .npy array");
        bool isLong = file[6] >= 2;
        if (file[6] is < 1 or > 3) throw new DamagedFileException($".npy version {file[6]} is not read");
        int start = isLong ? 12 : 10;
        long length = isLong ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8)) : BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        if (start + length > file.Length) throw new DamagedFileException("shorter than its header says");
        string header = Encoding.UTF8.GetString(file, start, (int)length);

        Match descr = Descr().Match(header), order = Order().Match(header), shape = ShapeOf().Match(header);
        if (!descr.Success || !order.Success || !shape.Success) throw new DamagedFileException("its .npy header cannot be read");
        (ArrayElement element, int size) = ElementOf(descr.Groups["kind"].Value, descr.Groups["size"].Value);
        int[] dimensions = DimensionsOf(shape.Groups[1].Value);
        long bytes = size;
        foreach (int d in dimensions)
            if ((bytes *= d) > Array.MaxLength) throw new DamagedFileException("too large for memory");
        int data = start + (int)length;
        if (file.Length - data != bytes) throw new DamagedFileException($"holds {file.Length - data} bytes of elements, its shape needs {bytes}");
        byte[] elements = file[data..];
        if (order.Groups[1].Value == "True" && dimensions.Length > 1) elements = FromFortranOrder(elements, dimensions, size);
        return new ArrayFile(dimensions, element, size, descr.Groups["endian"].Value == ">", elements);
    }

    private static (ArrayElement Element, int Size) ElementOf(string kind, string digits)
    {
        if (kind == "O") throw new DamagedFileException("pickled objects are not read; save an array of numbers or strings");
        if (!int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int size))
            throw new DamagedFileException($"elements of type {kind}{digits} are not read");
        return (kind, size) switch
        {
            ("b", 1) => (ArrayElement.Boolean, 1),
            ("u", 1) => (ArrayElement.UInt8, 1), ("i", 1) => (ArrayElement.Int8, 1),
            ("u", 2) => (ArrayElement.UInt16, 2), ("i", 2) => (ArrayElement.Int16, 2),
            ("u", 4) => (ArrayElement.UInt32, 4), ("i", 4) => (ArrayElement.Int32, 4),
            ("u", 8) => (ArrayElement.UInt64, 8), ("i", 8) => (ArrayElement.Int64, 8),
            ("f", 4) => (ArrayElement.Float32, 4), ("f", 8) => (ArrayElement.Float64, 8),
            ("U", > 0 and < 65536) => (ArrayElement.Unicode, 4 * size), ("S", > 0 and < 65536) => (ArrayElement.Ascii, size),
            _ => throw new DamagedFileException($"elements of type {kind}{digits} are not read"),
        };
    }

    private static int[] DimensionsOf(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var dimensions = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out dimensions[i]))
                throw new DamagedFileException($"its shape ({text}) cannot be read");
        return dimensions;
    }

    private static byte[] FromFortranOrder(byte[] elements, int[] dimensions, int size)
    {
        var ordered = new byte[elements.Length];
        var index = new int[dimensions.Length];
        for (int to = 0; to < ordered.Length; to += size)
        {
            long from = 0;
            for (int d = dimensions.Length - 1; d >= 0; d--) from = from * dimensions[d] + index[d];
            elements.AsSpan((int)(from * size), size).CopyTo(ordered.AsSpan(to));
            for (int d = dimensions.Length - 1; d >= 0 && ++index[d] == dimensions[d]; d--) index[d] = 0;
        }
        return ordered;
    }

    [GeneratedRegex("""'descr'\s*:\s*'(?<endian>[<>|=])(?<kind>[A-Za-z])(?<size>\d*)'""")]
    private static partial Regex Descr();

    [GeneratedRegex("""'fortran_order'\s*:\s*(True|False)""")]
    private static partial Regex Order();

    [GeneratedRegex("""'shape'\s*:\s*\(([0-9,\s]*)\)""")]
    private static partial Regex ShapeOf();
}
