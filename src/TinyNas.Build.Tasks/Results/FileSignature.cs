using System;
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

    public static string Of(string path)
    {
        if (File.Exists(path)) return OfFile(new FileInfo(path));
        return Directory.Exists(path) ? OfFolder(new DirectoryInfo(path)) : Absent;
    }

    private static string OfFile(FileInfo file) =>
        file.Length.ToString(CultureInfo.InvariantCulture) + " " + file.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);

    private static string OfFolder(DirectoryInfo folder)
    {
        // Sorted, since the order in which a file system lists a folder is not defined.
        string[] lines = [.. folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.FullName + "\t" + OfFile(f))];
        Array.Sort(lines, StringComparer.Ordinal);
        using SHA256 hash = SHA256.Create();
        byte[] digest = hash.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", lines)));
        return lines.Length.ToString(CultureInfo.InvariantCulture) + " files " + BitConverter.ToString(digest, 0, 16).Replace("-", "").ToLowerInvariant();
    }
}
