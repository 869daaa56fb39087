using System.Globalization;

namespace TinyNas.Model;

/// <summary>Reads quantities as people write them: <c>40KiB</c>, <c>128kB</c>, <c>20480</c>, <c>2.73M</c>, <c>50ms</c>.</summary>
public static class Quantity
{
    private static readonly (string Suffix, double Factor)[] ByteUnits =
        [("KiB", 1024), ("MiB", 1048576), ("kB", 1000), ("KB", 1000), ("MB", 1000000), ("K", 1024), ("k", 1000), ("M", 1000000), ("B", 1), ("", 1)];

    private static readonly (string Suffix, double Factor)[] CountUnits = [("G", 1e9), ("M", 1e6), ("k", 1e3), ("K", 1e3), ("", 1)];

    private static readonly (string Suffix, double Factor)[] TimeUnits = [("us", 1e-6), ("ms", 1e-3), ("min", 60), ("h", 3600), ("s", 1), ("", 1)];

    public static bool TryParseBytes(string text, out long bytes) => TryParseWhole(text, ByteUnits, out bytes);

    public static bool TryParseCount(string text, out long count) => TryParseWhole(text, CountUnits, out count);

    /// <summary>Seconds.</summary>
    public static bool TryParseSeconds(string text, out double seconds) => TryParse(text, TimeUnits, out seconds);

    private static bool TryParseWhole(string text, (string, double)[] units, out long whole)
    {
        whole = 0;
        if (!TryParse(text, units, out double value) || value > long.MaxValue / 2) return false;
        whole = (long)Math.Round(value);
        return true;
    }

    private static bool TryParse(string text, (string Suffix, double Factor)[] units, out double value)
    {
        text = text.Trim();
        foreach (var (suffix, factor) in units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            string number = text[..^suffix.Length].TrimEnd();
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)) continue;
            value *= factor;
            return true;
        }
        value = 0;
        return false;
    }
}
