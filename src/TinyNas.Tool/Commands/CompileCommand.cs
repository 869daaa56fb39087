using System.CommandLine;

namespace TinyNas.Tool.Commands;

internal static class CompileCommand
{
    public static Command Create()
    {
        var command = new Command("compile", "Turns a .tflite file into C, TFLM glue and a manifest.");
        command.Run((_, _) => throw new NotImplementedException());
        return command;
    }
}
