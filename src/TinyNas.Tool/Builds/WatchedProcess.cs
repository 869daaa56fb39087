using System;
using System.IO;
using System.Threading;

namespace TinyNas.Tool.Builds;

/// <summary>
/// A process that is neither parent nor child, seen through /proc: only there can it be told from another one that got
/// its number later, and from one that is dead and not yet waited for.
/// </summary>
internal sealed class WatchedProcess
{
    private const int State = 0, StartTime = 19;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly string statusFile, started;

    private WatchedProcess(string statusFile, string started) => (this.statusFile, this.started) = (statusFile, started);

    public bool IsAlive => Read(statusFile) is { } fields && fields[StartTime] == started;

    /// <returns>The process, or null where none of this number runs or none can be seen.</returns>
    public static WatchedProcess? Find(int id)
    {
        string file = $"/proc/{id}/stat";
        return Read(file) is { } fields ? new WatchedProcess(file, fields[StartTime]) : null;
    }

    /// <summary>Waits on the calling thread for the end of the process. Returns false when <paramref name="enough"/> was set before.</summary>
    public bool WaitForEnd(ManualResetEventSlim enough)
    {
        while (!enough.Wait(Interval))
            if (!IsAlive) return true;
        return false;
    }

    // Fields from the state on; the name before them stands in brackets and may itself hold any character.
    private static string[]? Read(string file)
    {
        try
        {
            string line = File.ReadAllText(file);
            string[] fields = line.Substring(line.LastIndexOf(')') + 2).Split(' ');
            return fields[State] is "Z" or "X" ? null : fields;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
