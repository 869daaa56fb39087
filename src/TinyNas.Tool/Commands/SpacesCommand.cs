using System.CommandLine;
using TinyNas.Search;

namespace TinyNas.Tool.Commands;

internal static class SpacesCommand
{
    public static Command Create() => ListCommand.Create(
        "spaces", "Lists the search spaces that Space may name.", SpaceRegistry.All.Select(s => new NamedEntry(s.Name, s.Description)));
}
