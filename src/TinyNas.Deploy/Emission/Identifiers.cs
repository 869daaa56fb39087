namespace TinyNas.Deploy;

/// <summary>C# identifiers from model names, by the rule of <see cref="Naming"/>.</summary>
public static class Identifiers
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if",
        "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override",
        "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string",
        "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while", "record", "var", "dynamic", "nint", "nuint", "file", "scoped", "required", "field",
    ];

    /// <summary>Whether the text can stand as an identifier as it is: ASCII letters, digits and underscores, no keyword.</summary>
    public static bool IsCSharp(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && text.Any(char.IsAsciiLetterOrDigit) && !Keywords.Contains(text);

    internal static string Pascal(IReadOnlyList<string> words)
    {
        string text = string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return char.IsAsciiDigit(text[0]) ? "_" + text : text;
    }
}
