using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class StrategiesCommand
{
    public static Command Create()
    {
        var command = new Command("strategies", "Lists the search strategies.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
