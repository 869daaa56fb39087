using System.Text.Json;
using System.Text.Json.Serialization;

namespace TinyNas.Model;

/// <summary>A board or microcontroller. RAM and flash in bytes, clock in hertz, CoreMark as published (null = not published).</summary>
public sealed record Device(string Name, string Vendor, string Core, long Clock, long Ram, long Flash, double? CoreMark, string Source)
{
    /// <summary>Its own figures as a budget; MACs = CoreMark × 10⁴ (NanoNAS) where a CoreMark is published.</summary>
    [JsonIgnore]
    public Budget Budget => new(Ram, Flash, CoreMark is { } mark ? (long)(mark * 1e4) : null);
}

/// <summary>The devices in <c>devices.json</c>, found by name without regard to case or punctuation.</summary>
public static class DeviceCatalogue
{
    public static IReadOnlyList<Device> All { get; } = Load();

    public static Device? Find(string name) => All.FirstOrDefault(d => Key(d.Name) == Key(name));

    private static string Key(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static Device[] Load()
    {
        using Stream stream = typeof(DeviceCatalogue).Assembly.GetManifestResourceStream("devices.json")!;
        return JsonSerializer.Deserialize<Device[]>(stream, new JsonSerializerOptions { PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip })!;
    }
}
