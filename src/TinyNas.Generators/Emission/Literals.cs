using System.Globalization;
using System.Security;

namespace TinyNas.Generators;

/// <summary>Values as C# source text, the same under every culture.</summary>
internal static class Literals
{
    public static string Int(long value) => value == int.MinValue ? "int.MinValue" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nine digits bring every float back to the same bits, also where the compiler runs on .NET Framework.</summary>
    public static string Float(float value) =>
        float.IsNaN(value) ? "float.NaN" : float.IsPositiveInfinity(value) ? "float.PositiveInfinity" : float.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : value.ToString("G9", CultureInfo.InvariantCulture) + "f";

    /// <summary>With quotes; whatever is not plain ASCII is escaped.</summary>
    public static string Text(string value)
    {
        var text = new System.Text.StringBuilder("\"");
        foreach (char c in value)
            if (c is '"' or '\\' or < ' ' or > '~') text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            else text.Append(c);
        return text.Append('"').ToString();
    }

    /// <summary>A text inside a documentation comment, on one line.</summary>
    public static string Xml(string value)
    {
        var text = new System.Text.StringBuilder();
        foreach (char c in value) text.Append(char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\u0085' or >= '\uFFFE' ? '\uFFFD' : c);
        return SecurityElement.Escape(text.ToString());
    }
}
