using System.CommandLine;
using TinyNas.Model;

namespace TinyNas.Tool;

/// <summary>Gives every command the same ends: a diagnostic in MSBuild's format on standard error, exit codes, cancellation.</summary>
internal static class CommandRunner
{
    public static void Run(this Command command, Func<ParseResult, CancellationToken, int> action) =>
        command.SetAction((parsed, cancellation) => Task.Run(() => Guard(() => action(parsed, cancellation)), CancellationToken.None));

    private static int Guard(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (TinyNasException problem)
        {
            Console.Error.WriteLine($"tinynas : error {problem.Diagnostic.Code}: {problem.Message} {problem.Diagnostic.Cure}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
    }
}
