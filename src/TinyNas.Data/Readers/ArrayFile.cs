using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TinyNas.Data;

/// <summary>Element types of arrays in NPZ and IDX files.</summary>
internal enum ArrayElement { Boolean, UInt8, Int8, UInt16, Int16, UInt32, Int32, UInt64, Int64, Float32, Float64, Unicode, Ascii }

/// <summary>A dense array as a file holds it, in C order. <paramref name="Size"/> is the bytes of one element.</summary>
internal sealed record ArrayFile(int[] Dimensions, ArrayElement Element, int Size, bool IsBigEndian, byte[] Data)
{
    public int Count => Dimensions.Aggregate(1, (product, d) => product * d);

    public bool IsText => Element is ArrayElement.Unicode or ArrayElement.Ascii;

    public float[] ToSingles()
    {
        if (IsText) throw new DamagedFileException("holds text where numbers are expected");
        var values = new float[Count];
        if (Element == ArrayElement.Float32 && !IsBigEndian && BitConverter.IsLittleEndian)
            MemoryMarshal.Cast<byte, float>(Data).CopyTo(values);
        else
            for (int i = 0; i < values.Length; i++) values[i] = (float)Number(i);
        return values;
    }

    /// <summary>The elements as text: strings as they are, whole numbers in invariant digits.</summary>
    public string[] ToTexts()
    {
        var texts = new string[Count];
        for (int i = 0; i < texts.Length; i++) texts[i] = IsText ? Text(i) : Whole(i).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return texts;
    }

    public long Whole(int index)
    {
        if (Element is ArrayElement.Float32 or ArrayElement.Float64)
        {
            double value = Number(index);
            if (value != Math.Floor(value) || Math.Abs(value) > 1L << 53) throw new DamagedFileException($"element {index} of the labels is no whole number");
            return (long)value;
        }
        if (IsText) throw new DamagedFileException("holds text where numbers are expected");
        return Integer(Element1(index));
    }

    private double Number(int index)
    {
        ReadOnlySpan<byte> e = Element1(index);
        return Element switch
        {
            ArrayElement.Float32 => IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(e) : BinaryPrimitives.ReadSingleLittleEndian(e),
            ArrayElement.Float64 => IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(e) : BinaryPrimitives.ReadDoubleLittleEndian(e),
            ArrayElement.UInt64 => (ulong)Integer(e),
            _ => Integer(e),
        };
    }

    private ReadOnlySpan<byte> Element1(int index) => Data.AsSpan(index * Size, Size);

    private long Integer(ReadOnlySpan<byte> e) => Element switch
    {
        ArrayElement.Boolean => e[0] == 0 ? 0 : 1,
        ArrayElement.UInt8 => e[0],
        ArrayElement.Int8 => (sbyte)e[0],
        ArrayElement.UInt16 => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(e) : BinaryPrimitives.ReadUInt16LittleEndian(e),
        ArrayElement.Int16 => IsBigEndian ? BinaryPrimitives.ReadInt16BigEndian(e) : BinaryPrimitives.ReadInt16LittleEndian(e),
        ArrayElement.UInt32 => IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(e) : BinaryPrimitives.ReadUInt32LittleEndian(e),
        ArrayElement.Int32 => IsBigEndian ? BinaryPrimitives.ReadInt32BigEndian(e) : BinaryPrimitives.ReadInt32LittleEndian(e),
        _ => IsBigEndian ? BinaryPrimitives.ReadInt64BigEndian(e) : BinaryPrimitives.ReadInt64LittleEndian(e),
    };

    private string Text(int index)
    {
        ReadOnlySpan<byte> e = Element1(index);
        var text = new System.Text.StringBuilder();
        int step = Element == ArrayElement.Unicode ? 4 : 1;
        for (int i = 0; i < e.Length; i += step)
        {
            uint code = step == 1 ? e[i] : IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(e[i..]) : BinaryPrimitives.ReadUInt32LittleEndian(e[i..]);
            if (!System.Text.Rune.TryCreate(code, out var rune)) throw new DamagedFileException($"element {index} of the labels is no text");
            text.Append(rune.ToString());
        }
        // Fixed-width strings are padded with zero characters.
        return text.ToString().TrimEnd('\0');
    }
}
