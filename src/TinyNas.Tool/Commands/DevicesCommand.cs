using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Tool.Commands;

internal static class DevicesCommand
{
    private static readonly bool[] RightAligned = [false, false, false, true, true, true, true, false];

    public static Command Create()
    {
        var filter = new Argument<string?>("TEXT") { Arity = ArgumentArity.ZeroOrOne, Description = "Only devices whose name, vendor, core or other names hold this text." };
        var file = BudgetOptions.DeviceFile();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("devices", "Lists the boards and microcontrollers that Device may name.") { filter, file, json };
        command.Run((parsed, _) =>
        {
            Device[] devices = [.. BudgetOptions.Devices(parsed.GetValue(file)).All.Where(d => Matches(d, parsed.GetValue(filter)))];
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(devices, JsonStyle.Indented));
            else Print(devices);
            return ExitCode.Done;
        });
        return command;
    }

    private static bool Matches(Device device, string? text) =>
        text is null || device.Aliases.Append(device.Name).Append(device.Vendor).Append(device.Core).Any(n => n.Contains(text, StringComparison.OrdinalIgnoreCase));

    // Plain columns, the open-ended one last: lines that a terminal wraps or a filter takes apart stay readable.
    private static void Print(Device[] devices)
    {
        string[][] rows =
        [
            ["Device", "Vendor", "Core", "MHz", "RAM", "Flash", "CoreMark", "Also found as"],
            .. devices.Select(d => new[]
            {
                d.Name, d.Vendor, d.Core + Extensions(d), Text(d.Clock / 1e6), Kibibytes(d.Ram), Kibibytes(d.Flash), d.CoreMark is { } mark ? Text(mark) : "-",
                string.Join(", ", d.Aliases),
            }),
        ];
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(r => r[column].Length))];
        foreach (string[] row in rows)
            Console.WriteLine(string.Join("  ", row.Select((cell, i) => RightAligned[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        Console.WriteLine($"{devices.Length} devices. RAM and flash as a program may use them; --json has sources.");
    }

    private static string Extensions(Device device)
    {
        string[] extensions = [.. new[] { (device.Dsp, "dsp"), (device.Fpu, "fpu"), (device.Helium, "helium") }.Where(e => e.Item1).Select(e => e.Item2)];
        return extensions.Length == 0 ? "" : $" ({string.Join(' ', extensions)})";
    }

    private static string Kibibytes(long bytes) => Text(bytes / 1024.0) + " KiB";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
