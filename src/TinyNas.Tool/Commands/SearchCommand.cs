using System.CommandLine;
using TinyNas.Model;
using TinyNas.Tool.Builds;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Commands;

internal static class SearchCommand
{
    /// <summary>Lines with this mark are shown to people while the build runs; the task strips it.</summary>
    private const string ProgressMark = "TNAS-PROGRESS ";

    public static Command Create()
    {
        var file = new Argument<string>("request") { Description = "The request that the build wrote." };
        var build = new Option<int?>("--while") { Description = "Stop when the process of this number ends (Linux)." };
        var command = new Command("search", "Runs one request of a build: searches, trains, quantises, emits.") { file, build };
        command.Run((parsed, cancellation) => Run(parsed.GetRequiredValue(file), parsed.GetValue(build), cancellation));
        return command;
    }

    private static int Run(string path, int? build, CancellationToken cancellation)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8; // what the build's task reads, whatever the console's own is
        RequestFile file = RequestFile.Read(path);
        var diagnostics = new DiagnosticPrinter(file, Console.Error);
        using var lifetime = new WorkerLifetime(Console.IsInputRedirected ? Console.In : null, build, cancellation);
        try
        {
            var (request, problems) = ModelRequestReader.Read(file);
            foreach (TinyNasException problem in problems) diagnostics.Print(problem);
            if (request is null) return ExitCode.Failed;
            new ModelBuild(request, diagnostics, line => Console.Out.WriteLine($"{ProgressMark}{file.Model}: {line}")).RunAsync(lifetime.Token).GetAwaiter().GetResult();
            return ExitCode.Done;
        }
        catch (TinyNasException problem)
        {
            diagnostics.Print(problem);
            return ExitCode.Failed;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Reading reports its own problems: what remains is a disk that is full or may not be written.
            diagnostics.Print(new TinyNasException(DiagnosticCatalogue.FolderUnusable, file.CacheFolder, problem.Message));
            return ExitCode.Failed;
        }
    }
}
