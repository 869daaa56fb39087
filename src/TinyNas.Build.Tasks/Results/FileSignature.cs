using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Size and time of a file, or of everything below a folder: tells without reading any content whether something may
/// have changed. Only the worker reads content, and only where a signature moved.
/// </summary>
internal static class FileSignature
{
    public const string Absent = "absent";

    /// <param name="path">A file or folder.</param>
    /// <param name="exclude">Full paths of folders whose files do not count, unless they are <paramref name="path"/> or above it.</param>
    public static string Of(string path, IReadOnlyList<string> exclude)
    {
        if (File.Exists(path)) return OfFile(new FileInfo(path));
        return Directory.Exists(path) ? OfFolder(new DirectoryInfo(path), exclude) : Absent;
    }

    private static string OfFile(FileInfo file) =>
        file.Length.ToString(CultureInfo.InvariantCulture) + " " + file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);

    private static string OfFolder(DirectoryInfo folder, IReadOnlyList<string> exclude)
    {
        var found = new List<string>();
        Collect(folder, [.. exclude.Select(e => e.TrimEnd(Path.DirectorySeparatorChar))], found);
        // Sorted, since the order in which a file system lists a folder is not defined.
        string[] lines = [.. found];
        Array.Sort(lines, StringComparer.Ordinal);
        using SHA256 hash = SHA256.Create();
        byte[] digest = hash.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", lines)));
        return lines.Length.ToString(CultureInfo.InvariantCulture) + " files " + BitConverter.ToString(digest, 0, 16).Replace("-", "").ToLowerInvariant();
    }

    // Hidden ones are no data either: a repository's .git changes whenever somebody looks at it.
    private static void Collect(DirectoryInfo folder, string[] exclude, List<string> found)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.Name[0] == '.') continue;
            if (entry is FileInfo file) found.Add(file.FullName + "\t" + OfFile(file));
            else if (Array.IndexOf(exclude, entry.FullName) < 0) Collect((DirectoryInfo)entry, exclude, found);
        }
    }
}
