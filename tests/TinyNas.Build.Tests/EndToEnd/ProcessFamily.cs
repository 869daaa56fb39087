using System.Diagnostics;
using System.Globalization;

namespace TinyNas.Build.Tests;

/// <summary>Which processes come from which, as Linux lists them under /proc; elsewhere nothing is known and nothing is claimed.</summary>
internal static class ProcessFamily
{
    /// <summary>The workers below a process, and those of reused nodes, whose parent was another build: these are known by the folder of their request.</summary>
    public static int[] WorkersBelow(int ancestor, string folder)
    {
        HashSet<int> below = [.. Below(ancestor)];
        return [.. All().Where(id => Describe(id) is var text && text.Contains("request.json", StringComparison.Ordinal)
            && (below.Contains(id) || text.Contains(folder, StringComparison.Ordinal)))];
    }

    /// <summary>MSBuild's nodes that a build started or works with. The compiler's server is not one of them: it is meant to stay.</summary>
    public static int[] NodesAround(int build, int[] workers) =>
        [.. Below(build).Concat(workers.Select(Parent)).Where(id => id != build && Describe(id).Contains("nodemode", StringComparison.OrdinalIgnoreCase)).Distinct()];

    /// <summary>A line for each of the processes that is there still when the time is over; returns at once when none is.</summary>
    public static async Task<string> AliveAfter(TimeSpan time, int[] processes)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time && processes.Any(IsAlive);) await Task.Delay(20);
        return string.Join('\n', processes.Where(IsAlive).Select(Describe));
    }

    public static bool IsAlive(int process) => Status(process) is [var state, ..] && state is not ("Z" or "X");

    private static string Describe(int process) => process + " " + Read(process, "cmdline").Replace('\0', ' ');

    private static List<int> Below(int ancestor)
    {
        ILookup<int, int> children = All().ToLookup(Parent);
        List<int> found = [.. children[ancestor]];
        for (int i = 0; i < found.Count; i++) found.AddRange(children[found[i]]);
        return found;
    }

    private static IEnumerable<int> All() => !OperatingSystem.IsLinux() ? [] : Directory.EnumerateDirectories("/proc")
        .Select(f => int.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out int id) ? id : 0).Where(id => id > 0);

    private static int Parent(int process) => Status(process) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : -1;

    // State, parent and more; the name before them stands in brackets and may itself hold any character.
    private static string[] Status(int process) =>
        Read(process, "stat") is { Length: > 0 } line ? line[(line.LastIndexOf(')') + 2)..].Split(' ') : [];

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }
}
