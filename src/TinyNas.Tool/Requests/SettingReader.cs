using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Tool.Requests;

/// <summary>
/// Takes settings out of a request one by one and collects everything that is wrong with them, so that a user sees all
/// mistakes at once.
/// </summary>
internal sealed class SettingReader(RequestFile request)
{
    private readonly HashSet<string> known = [];
    private readonly List<TinyNasException> problems = [];

    public IReadOnlyList<TinyNasException> Problems => problems;

    public string? Text(string name)
    {
        known.Add(name);
        string? value = request.Settings.FirstOrDefault(s => s.Name == name)?.Value.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>A path, made absolute against the project's folder.</summary>
    public string? Path(string name) => Text(name) is { } text
        ? System.IO.Path.GetFullPath(text.Replace('\\', '/'), System.IO.Path.GetDirectoryName(request.Project)!)
        : null;

    public long? Bytes(string name) => Read<long>(name, Quantity.TryParseBytes, "a size like 40KiB, 128kB or 20480 is expected");

    public long? Count(string name) => Read<long>(name, Quantity.TryParseCount, "a count like 2.73M or 500000 is expected");

    public double? Seconds(string name) => Read<double>(name, Quantity.TryParseSeconds, "a time like 50ms, 90s, 20min or 2h is expected");

    public int? Whole(string name, int least, int most) => Read(name,
        (string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
        $"a whole number from {least} to {most} is expected");

    public double? Number(string name, double above, double below) => Read(name,
        (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > above && value < below,
        string.Create(CultureInfo.InvariantCulture, $"a number above {above} and below {below} is expected"));

    /// <summary>One of a few words, without regard to case.</summary>
    public string? Word(string name, params string[] words)
    {
        if (Text(name) is not { } text) return null;
        if (words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } word) return word;
        Refuse(name, text, $"implemented in this version: {string.Join(", ", words)}");
        return null;
    }

    /// <summary>A setting with a grammar of its own, whose parser names what is wrong.</summary>
    public T? Parsed<T>(string name, Func<string, T> parse) where T : class
    {
        if (Text(name) is not { } text) return null;
        try
        {
            return parse(text);
        }
        catch (TinyNasException problem)
        {
            Refuse(problem);
            return null;
        }
    }

    /// <summary>A setting of the contract that this version does not implement: an error where it is given, never ignored.</summary>
    public void NotImplemented(string name)
    {
        if (Text(name) is { } text) Refuse(name, text, "the setting is not implemented in this version");
    }

    public void Refuse(string name, string value, string why) =>
        problems.Add(new TinyNasException(DiagnosticCatalogue.MalformedValue, name, value, why) { Setting = name });

    public void Refuse(TinyNasException problem) => problems.Add(problem);

    /// <summary>To be called last: whatever was given but never asked for is unknown.</summary>
    public void RefuseUnknown()
    {
        foreach (Setting setting in request.Settings.Where(s => !known.Contains(s.Name)))
            problems.Add(new TinyNasException(DiagnosticCatalogue.UnknownSetting, setting.Name) { Setting = setting.Name });
    }

    private delegate bool Parser<T>(string text, out T value);

    private T? Read<T>(string name, Parser<T> parse, string expected) where T : struct
    {
        if (Text(name) is not { } text) return null;
        if (parse(text, out T value)) return value;
        Refuse(name, text, expected);
        return null;
    }
}
