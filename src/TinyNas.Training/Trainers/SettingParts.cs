using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>The comma-separated parts of a setting: a head, words and name=number pairs, taken one by one.</summary>
internal sealed class SettingParts
{
    private readonly string setting, text, expected;
    private readonly List<string> parts;

    public SettingParts(string setting, string text, string expected)
    {
        (this.setting, this.text, this.expected) = (setting, text, expected);
        parts = [.. text.ToLowerInvariant().Split([',', ';'], StringSplitOptions.TrimEntries)];
        Head = parts[0];
        parts.RemoveAt(0);
    }

    public string Head { get; }

    public bool Flag(string name) => parts.Remove(name);

    /// <summary>The number after "name=", between <paramref name="least"/> and <paramref name="most"/> without those; null: not there.</summary>
    public double? Number(string name, double least, double most)
    {
        if (Text(name) is not { } value) return null;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > least && number < most
            ? number : throw Malformed(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number above {least} and below {most}"));
    }

    /// <summary>The whole number after "name=", from <paramref name="least"/> to <paramref name="most"/>; null: not there.</summary>
    public int? Whole(string name, int least, int most)
    {
        if (Text(name) is not { } value) return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number : throw Malformed(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from {least} to {most}"));
    }

    /// <summary>What stands after "name="; null: not there.</summary>
    public string? Text(string name)
    {
        int index = parts.FindIndex(p => p.StartsWith(name + "=", StringComparison.Ordinal));
        if (index < 0) return null;
        string value = parts[index][(name.Length + 1)..];
        parts.RemoveAt(index);
        return value;
    }

    public void RefuseRest()
    {
        if (parts.Count > 0) throw Malformed($"'{parts[0]}' is not understood: {expected}");
    }

    public TinyNasException Malformed(string reason) => new(DiagnosticCatalogue.MalformedValue, setting, text, reason) { Setting = setting };
}
