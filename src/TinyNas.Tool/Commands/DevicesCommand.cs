using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using TinyNas.Model;

namespace TinyNas.Tool.Commands;

internal static class DevicesCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("devices", "Lists the boards and microcontrollers that Device may name.") { json };
        command.Run((parsed, _) =>
        {
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(DeviceCatalogue.All, JsonStyle.Indented));
                return ExitCode.Done;
            }
            var table = new Table().AddColumns("Device", "Vendor", "Core", "RAM", "Flash", "CoreMark");
            foreach (Device d in DeviceCatalogue.All)
                table.AddRow(d.Name, d.Vendor, d.Core, $"{d.Ram / 1024} KiB", $"{d.Flash / 1024} KiB", d.CoreMark?.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) ?? "-");
            AnsiConsole.Write(table);
            return ExitCode.Done;
        });
        return command;
    }
}
