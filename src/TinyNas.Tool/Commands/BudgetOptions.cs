using System.CommandLine;
using TinyNas.Model;

namespace TinyNas.Tool.Commands;

/// <summary>The budget flags that compile and inspect share, so that both describe the same plan.</summary>
internal sealed class BudgetOptions
{
    private readonly Option<string?> device = new("--device") { Description = "A device of 'tinynas devices': sets ram, flash, macs and core." };
    private readonly Option<string?> deviceFile = DeviceFile();
    private readonly Option<string?> ram = new("--ram") { Description = "Bytes of RAM, as 40KiB or 20480." };
    private readonly Option<string?> flash = new("--flash") { Description = "Bytes of flash." };
    private readonly Option<string?> macs = new("--macs") { Description = "Multiply-accumulates per inference, as 2.73M." };
    private readonly Option<string?> core = new("--core") { Description = "Processor that code size is estimated for; cortex-m4 unless given." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[device, deviceFile, ram, flash, macs, core]) command.Options.Add(option);
    }

    /// <summary>Explicit figures beat the device's.</summary>
    public (Budget Budget, string Core) Read(ParseResult parsed)
    {
        DeviceCatalogue devices = Devices(parsed.GetValue(deviceFile));
        Device? known = parsed.GetValue(device) is { } name ? devices.Find(name) ?? throw devices.Unknown(name) : null;
        Budget budget = known?.Budget ?? Budget.Unlimited;
        return (budget with
        {
            Ram = Bytes(parsed, ram) ?? budget.Ram,
            Flash = Bytes(parsed, flash) ?? budget.Flash,
            Macs = Count(parsed, macs) ?? budget.Macs,
        }, parsed.GetValue(core) ?? known?.Core ?? "cortex-m4");
    }

    public static Option<string?> DeviceFile() => new("--device-file") { Description = "A JSON file with further devices." };

    /// <summary>The package's devices, with those of a file before them where one is named.</summary>
    public static DeviceCatalogue Devices(string? file) =>
        file is null ? DeviceCatalogue.BuiltIn : DeviceCatalogue.BuiltIn.With(Files.ReadAllBytes(file), file);

    private static long? Bytes(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null : Quantity.TryParseBytes(text, out long value) ? value : throw Malformed(option, text, "no size in bytes");

    private static long? Count(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null : Quantity.TryParseCount(text, out long value) ? value : throw Malformed(option, text, "no count");

    private static TinyNasException Malformed(Option option, string text, string reason) =>
        new(DiagnosticCatalogue.MalformedValue, option.Name, text, reason);
}
