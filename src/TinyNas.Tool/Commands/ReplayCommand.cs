using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class ReplayCommand
{
    public static Command Create()
    {
        var command = new Command("replay", "Runs a strategy against tabulated results, without training.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
