using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>Names and figures as objectives and constraints write them.</summary>
internal static class ScalarText
{
    /// <summary>The scalar of that name, without regard to case.</summary>
    /// <exception cref="TinyNasException">TNAS0002: nothing of that name is measured.</exception>
    public static string Name(string name, string setting, string text) =>
        Scalars.Known.FirstOrDefault(s => s.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new TinyNasException(DiagnosticCatalogue.MalformedValue, setting, text, $"'{name}' is not measured; known: {string.Join(", ", Scalars.Known)}") { Setting = setting };

    /// <summary>A number, a size like 20KiB or a count like 2.73M; null: none of them.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : Quantity.TryParseBytes(text, out long bytes) ? bytes
        : Quantity.TryParseCount(text, out long count) ? count : null;
}
