using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Runs a .tflite file on the integer kernels.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
