using System.Globalization;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>C text of values.</summary>
internal static class CText
{
    private const int LineLength = 116;

    public static string TypeOf(ElementType type) => type switch
    {
        ElementType.Int8 or ElementType.Bool => "int8_t",
        ElementType.UInt8 => "uint8_t",
        ElementType.Int16 => "int16_t",
        ElementType.Int32 => "int32_t",
        ElementType.Int64 => "int64_t",
        ElementType.Float32 => "float",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary><c>static const TYPE NAME[n] = {…};</c></summary>
    public static string Array<T>(string type, string name, ReadOnlySpan<T> values) where T : struct, IFormattable =>
        string.Create(CultureInfo.InvariantCulture, $"static const {type} {name}[{values.Length}] = {{\n{Lines(values)}\n}};\n");

    /// <summary>The values in lines, commas between them, without a line end at the end.</summary>
    public static string Lines<T>(ReadOnlySpan<T> values) where T : struct, IFormattable
    {
        var text = new StringBuilder();
        int column = 0;
        for (int i = 0; i < values.Length; i++)
        {
            string value = Number(values[i]);
            if (column > 0 && column + value.Length + 1 > LineLength)
            {
                text.Append('\n');
                column = 0;
            }
            if (column == 0) text.Append("    ");
            text.Append(value);
            if (i + 1 < values.Length) text.Append(',');
            column += value.Length + 1;
        }
        return text.ToString();
    }

    private static string Number<T>(T value) where T : struct, IFormattable => value switch
    {
        // -2147483648 is minus a constant too large for an int.
        int.MinValue => "(-2147483647 - 1)",
        _ => value.ToString(null, CultureInfo.InvariantCulture),
    };

    /// <summary>A float constant with the digits that identify it.</summary>
    public static string Float(float value)
    {
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits + "f" : digits + ".0f";
    }

    /// <summary>A string literal; everything but printable ASCII becomes octal escapes of its UTF-8 bytes.</summary>
    public static string String(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            // A question mark could begin a trigraph.
            if (b is >= 0x20 and < 0x7F && b is not ((byte)'"' or (byte)'\\' or (byte)'?')) literal.Append((char)b);
            else literal.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
        }
        return literal.Append('"').ToString();
    }

    /// <summary>Text that may stand in a comment: on one line, printable ASCII, without the end of a comment or a line splice.</summary>
    public static string Comment(string text)
    {
        var safe = new StringBuilder();
        foreach (char c in text) safe.Append(c is >= ' ' and < '\x7F' && c is not ('\\' or '?') ? c : '_');
        return safe.Replace("*/", "*_").Replace("/*", "_*").ToString();
    }
}
