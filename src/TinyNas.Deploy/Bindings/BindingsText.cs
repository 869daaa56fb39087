using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// The lines of a bindings file. Fields are separated by one space, lines end in \n, everything is ASCII. How each kind of
/// value is written:
/// <list type="bullet">
/// <item>text: letters and digits of ASCII as they are, any other UTF-16 unit as % and four hexadecimal digits, empty as %</item>
/// <item>integer: decimal; float: its bits as eight hexadecimal digits; list: joined by commas, empty as -</item>
/// <item>type: the C# keyword, sbyte for int8</item>
/// </list>
/// </summary>
internal sealed class BindingsText
{
    public const string Header = "tinynas-bindings 1\n";

    private readonly StringBuilder text = new();

    public BindingsText Line(string keyword, params ReadOnlySpan<string> fields)
    {
        text.Append(keyword);
        foreach (string field in fields) text.Append(' ').Append(field);
        text.Append('\n');
        return this;
    }

    /// <summary>The file's bytes: header, SHA-256 of what follows the hash line, lines.</summary>
    public byte[] ToBytes()
    {
        string content = text.ToString();
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(content)));
        return Encoding.ASCII.GetBytes($"{Header}hash {hash}\n{content}");
    }

    public static string Text(string value)
    {
        if (value.Length == 0) return "%";
        var escaped = new StringBuilder(value.Length);
        foreach (char c in value)
            if (char.IsAsciiLetterOrDigit(c)) escaped.Append(c);
            else escaped.Append('%').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        return escaped.ToString();
    }

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(float value) => BitConverter.SingleToUInt32Bits(value).ToString("X8", CultureInfo.InvariantCulture);

    public static string List(IEnumerable<int> values) => Join(values.Select(v => Number(v)));

    public static string List(IEnumerable<float> values) => Join(values.Select(Number));

    public static string Type(ElementType type) => type switch
    {
        ElementType.Int8 => "sbyte",
        ElementType.UInt8 => "byte",
        ElementType.Int16 => "short",
        ElementType.Int32 => "int",
        ElementType.Int64 => "long",
        ElementType.Float32 => "float",
        ElementType.Bool => "bool",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static string Join(IEnumerable<string> fields) => string.Join(',', fields) is { Length: > 0 } list ? list : "-";
}
