namespace TinyNas.Data;

/// <summary>Files of a folder in one order on every system: ordinal by relative path with '/' between the parts; hidden ones left out.</summary>
internal static class DataFiles
{
    /// <summary>Relative paths with '/' of the files below the path of <paramref name="options"/> whose name ends in one of the extensions.</summary>
    public static string[] Below(DataOptions options, params string[] extensions)
    {
        var found = new List<string>();
        Collect(options.Path, "", options.Exclude, extensions, found);
        found.Sort(StringComparer.Ordinal);
        return [.. found];
    }

    public static bool HasExtension(string path, params string[] extensions) =>
        extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    public static string Absolute(string folder, string relative) =>
        Path.GetFullPath(Path.Combine(folder, relative.Replace('/', Path.DirectorySeparatorChar)));

    /// <summary>The first folder of a relative path, or null for a file at the top.</summary>
    public static string? ClassOf(string relative) => relative.IndexOf('/') is var slash and >= 0 ? relative[..slash] : null;

    /// <summary>Names of the folders directly in <paramref name="folder"/>, in order, without those of the full paths in <paramref name="exclude"/>.</summary>
    public static string[] Folders(string folder, IReadOnlyCollection<string> exclude) =>
        [.. Directory.EnumerateDirectories(folder).Where(f => exclude.Count == 0 || !exclude.Any(e => IsSame(e, f)))
            .Select(Path.GetFileName).Where(n => n![0] != '.').Order(StringComparer.Ordinal)!];

    private static bool IsSame(string excluded, string folder) => string.Equals(
        Path.TrimEndingDirectorySeparator(excluded), Path.GetFullPath(folder), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static void Collect(string folder, string prefix, IReadOnlyCollection<string> exclude, string[] extensions, List<string> found)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
            if (Path.GetFileName(file) is var name && name[0] != '.' && HasExtension(name, extensions)) found.Add(prefix + name);
        foreach (string name in Folders(folder, exclude))
            Collect(Path.Combine(folder, name), prefix + name + "/", exclude, extensions, found);
    }
}
