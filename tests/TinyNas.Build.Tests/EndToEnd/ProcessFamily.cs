using System.Globalization;

namespace TinyNas.Build.Tests;

/// <summary>Which processes come from which, as Linux lists them under /proc; elsewhere nothing is known and nothing is claimed.</summary>
internal static class ProcessFamily
{
    /// <summary>
    /// The workers below a process. MSBuild's nodes and the compiler's server are not looked at: how fast those leave is
    /// not ours, and some are meant to stay.
    /// </summary>
    public static int[] WorkersBelow(int ancestor)
    {
        if (!OperatingSystem.IsLinux()) return [];
        ILookup<int, int> children = Directory.EnumerateDirectories("/proc").Select(f => int.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0).ToLookup(Parent);
        List<int> found = [.. children[ancestor]];
        for (int i = 0; i < found.Count; i++) found.AddRange(children[found[i]]);
        return [.. found.Where(id => Describe(id).Contains("request.json", StringComparison.Ordinal))];
    }

    public static bool IsAlive(int process) => Status(process) is [var state, ..] && state is not ("Z" or "X");

    public static string Describe(int process) => process + " " + Read(process, "cmdline").Replace('\0', ' ');

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
