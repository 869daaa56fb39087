using System.CommandLine;
using System.Text.Json;
using TinyNas.Model;
using TinyNas.Search;

namespace TinyNas.Tool.Commands;

internal static class ReplayCommand
{
    public static Command Create()
    {
        var table = new Argument<FileInfo>("TABLE") { Description = "Tabulated results, JSON." };
        var strategy = new Option<string>("--strategy") { Description = "The strategy, as 'tinynas strategies' lists them.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the strategy's random choices." };
        var trials = new Option<int?>("--budget-trials") { Description = "Networks that may be trained at most." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("replay", "Runs a strategy against tabulated results, without training.") { table, strategy, seed, trials, json };
        command.Run((parsed, cancellation) =>
        {
            ResultTable results = Read(parsed.GetRequiredValue(table));
            Replay replay = Replay.RunAsync(
                results, parsed.GetRequiredValue(strategy), parsed.GetValue(seed), parsed.GetValue(trials), cancellation).GetAwaiter().GetResult();
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(ToJson(replay), JsonStyle.Indented));
            else Print(replay);
            return ExitCode.Done;
        });
        return command;
    }

    private static ResultTable Read(FileInfo file)
    {
        try
        {
            return ResultTable.Parse(File.ReadAllText(file.FullName), file.Name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TinyNasException(DiagnosticCatalogue.TableUnreadable, file.Name, problem.Message.TrimEnd('.'));
        }
    }

    private static object ToJson(Replay replay) => new
    {
        Best = replay.Best is { } best ? new { Config = best.Configuration.Values, best.Score } : null,
        replay.Evaluations,
        Visited = replay.Visited.Select(r => new { Config = r.Configuration.Values, r.Score, Outcome = r.Outcome.ToString() }),
    };

    private static void Print(Replay replay)
    {
        foreach (TrialResult r in replay.Visited)
            Console.WriteLine(r.Outcome == TrialOutcome.Completed ? FormattableString.Invariant($"{r.Configuration}: {r.Score}") : $"{r.Configuration}: {r.Reason}");
        Console.WriteLine(replay.Best is { } best ? FormattableString.Invariant($"best: {best.Configuration}, {best.Score}") : "best: none");
        Console.WriteLine(FormattableString.Invariant($"{replay.Evaluations} networks trained of {replay.Visited.Length} visited"));
    }
}
