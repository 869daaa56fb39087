using System.CommandLine;
using TinyNas.Model;
using TinyNas.Search;

namespace TinyNas.Tool.Commands;

/// <summary>Follows a search that runs elsewhere, by its journal: nothing is asked of the search itself.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The cache folder of a build (obj/tinynas), or one in it." };
        var once = new Option<bool>("--once") { Description = "Print what there is, and end." };
        var command = new Command("watch", "Follows a running search: every finished trial and the best so far.") { folder, once };
        command.Run((parsed, cancellation) => Watch(parsed.GetRequiredValue(folder), parsed.GetValue(once), Console.Out, cancellation));
        return command;
    }

    private static int Watch(string folder, bool once, TextWriter output, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new TinyNasException(DiagnosticCatalogue.DataMissing, folder);
        string? watched = null;
        var table = new TrialTable(output);
        while (true)
        {
            // The newest: a build that begins another search is followed there.
            string? journal = Directory.EnumerateFiles(folder, ModelSearch.JournalFile, SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc);
            if (journal != watched && journal is not null)
            {
                output.WriteLine(Path.GetRelativePath(folder, journal));
                table = new TrialTable(output);
                watched = journal;
            }
            if (watched is not null) table.Show(TrialJournal.Peek(watched));
            if (once)
            {
                table.Sum();
                return ExitCode.Done;
            }
            if (cancellation.WaitHandle.WaitOne(Poll))
            {
                table.Sum();
                return ExitCode.Cancelled;
            }
        }
    }
}
