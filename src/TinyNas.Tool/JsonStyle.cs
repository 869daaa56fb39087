using System.Text.Json;

namespace TinyNas.Tool;

internal static class JsonStyle
{
    /// <summary>What people read: camel case, indented, "\n" line ends.</summary>
    public static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n",
    };
}
