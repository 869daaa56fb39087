using System.Text.Json;
using System.Text.Json.Serialization;

namespace TinyNas.Model;

/// <summary>
/// Devices by name, without regard to case or punctuation: those of <c>devices.json</c>, and those of a user's file before them.
/// </summary>
public sealed class DeviceCatalogue
{
    /// <summary>STM32 part numbers: this many letters and digits name the chip, the rest package, temperature grade and packing.</summary>
    private const int StmNameLength = 11;

    private static readonly JsonSerializerOptions Style = new()
    {
        PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
        // A misspelt member would otherwise leave a figure at zero.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Devices by key, with the name or alias that the key was made from.</summary>
    private readonly Dictionary<string, (string Name, Device Device)> byKey = [];

    private DeviceCatalogue(IReadOnlyList<Device> all)
    {
        All = all;
        foreach (Device device in all)
            foreach (string name in device.Aliases.Prepend(device.Name)) byKey.TryAdd(Key(name), (name, device));
    }

    /// <summary>The devices that come with the package.</summary>
    public static DeviceCatalogue BuiltIn { get; } = Load();

    public IReadOnlyList<Device> All { get; }

    /// <summary>These devices with those of a file before them, which replace devices of the same name.</summary>
    /// <param name="json">An array of devices as in <c>devices.json</c>.</param>
    /// <param name="origin">The file's name, for messages.</param>
    /// <exception cref="TinyNasException">TNAS0006: not such an array, or a device that cannot be.</exception>
    public DeviceCatalogue With(ReadOnlySpan<byte> json, string origin)
    {
        Device[] more = Parse(json, origin);
        var replaced = more.Select(d => Key(d.Name)).ToHashSet();
        return new DeviceCatalogue([.. more, .. All.Where(d => !replaced.Contains(Key(d.Name)))]);
    }

    /// <summary>The device of that name or alias; an STM32 ordering code finds its chip. Null where there is none.</summary>
    public Device? Find(string name)
    {
        string key = Key(name);
        if (byKey.TryGetValue(key, out var found)) return found.Device;
        return key.StartsWith("STM32", StringComparison.Ordinal) && key.Length > StmNameLength ? byKey.GetValueOrDefault(key[..StmNameLength]).Device : null;
    }

    /// <summary>Names of different devices that resemble <paramref name="name"/>, the closest first; aliases where those resemble it most.</summary>
    public IReadOnlyList<string> Closest(string name, int count = 3)
    {
        string key = Key(name);
        return [.. byKey.Select(d => (d.Value.Name, d.Value.Device, Distance: EditDistance.Between(key, d.Key)))
            .OrderBy(d => d.Distance).ThenBy(d => d.Name, StringComparer.Ordinal).DistinctBy(d => d.Device.Name).Take(count).Select(d => d.Name)];
    }

    /// <summary>What to say of a name that is not here: TNAS0003, with the closest names.</summary>
    public TinyNasException Unknown(string name) =>
        new(DiagnosticCatalogue.UnknownDevice, name, string.Join(", ", Closest(name))) { Setting = "Device" };

    private static string Key(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static DeviceCatalogue Load()
    {
        using Stream stream = typeof(DeviceCatalogue).Assembly.GetManifestResourceStream("devices.json")!;
        return new DeviceCatalogue(JsonSerializer.Deserialize<Device[]>(stream, Style)!);
    }

    private static Device[] Parse(ReadOnlySpan<byte> json, string origin)
    {
        TinyNasException Refuse(string why) => new(DiagnosticCatalogue.DeviceFileUnreadable, origin, why) { Setting = "DeviceFile" };
        Device?[]? devices;
        try
        {
            devices = JsonSerializer.Deserialize<Device?[]>(json is [0xEF, 0xBB, 0xBF, .. var text] ? text : json, Style);
        }
        catch (JsonException problem)
        {
            throw Refuse(problem.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
        if (devices is null) throw Refuse("null is no list of devices");
        foreach (Device? device in devices)
            if (device is null || string.IsNullOrWhiteSpace(device.Name) || Key(device.Name).Length == 0) throw Refuse("a device without a name");
            else if (device.Ram <= 0 || device.Flash <= 0 || device.Clock < 0 || device.CoreMark <= 0) throw Refuse($"'{device.Name}' needs ram and flash, in bytes above zero");
            else if (!Device.Cores.Contains(device.Core)) throw Refuse($"'{device.Name}' has the core '{device.Core}'; known are {string.Join(", ", Device.Cores)}");
            else if (device.Aliases is null || device.Aliases.Contains(null!)) throw Refuse($"'{device.Name}' has an alias that is null");
        return devices!;
    }
}
