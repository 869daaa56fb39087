using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class BenchCommand
{
    public static Command Create()
    {
        var command = new Command("bench", "Measures the speed of training.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
