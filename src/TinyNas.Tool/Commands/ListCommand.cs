using System.CommandLine;
using System.Text.Json;

namespace TinyNas.Tool.Commands;

/// <summary>Something that a setting may name, with one line for people.</summary>
internal sealed record NamedEntry(string Name, string Description);

/// <summary>Commands that list what a setting may name.</summary>
internal static class ListCommand
{
    public static Command Create(string name, string description, IEnumerable<NamedEntry> entries)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(name, description) { json };
        command.Run((parsed, _) =>
        {
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(entries, JsonStyle.Indented));
            else foreach (NamedEntry entry in entries) Console.WriteLine($"{entry.Name,-12}{entry.Description}");
            return ExitCode.Done;
        });
        return command;
    }
}
