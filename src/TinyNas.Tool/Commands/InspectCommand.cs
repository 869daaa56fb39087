using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class InspectCommand
{
    public static Command Create()
    {
        var command = new Command("inspect", "Shows operators, MACs, plan and resource estimates of a .tflite file.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
