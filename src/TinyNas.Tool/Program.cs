using System.CommandLine;
using TinyNas.Tool;
using TinyNas.Tool.Commands;

var root = new RootCommand("Neural networks for microcontrollers: search, train, quantise, plan, emit.");
foreach (Command command in (Command[])
    [
        SearchCommand.Create(), CompileCommand.Create(), RunCommand.Create(), InspectCommand.Create(), ReplayCommand.Create(),
        BenchCommand.Create(), DevicesCommand.Create(), SpacesCommand.Create(), StrategiesCommand.Create(), WatchCommand.Create(),
    ])
    root.Subcommands.Add(command);

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("Run 'tinynas --help' for the commands.");
    return ExitCode.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
