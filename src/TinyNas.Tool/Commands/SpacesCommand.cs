using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class SpacesCommand
{
    public static Command Create()
    {
        var command = new Command("spaces", "Lists the search spaces.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
