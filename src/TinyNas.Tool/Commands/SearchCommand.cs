using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class SearchCommand
{
    public static Command Create()
    {
        var command = new Command("search", "Runs one request of a build: searches, trains, quantises, emits.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
