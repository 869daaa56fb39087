using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace TinyNas.Build.Tasks;

internal enum StampState
{
    Current,
    /// <summary>No finished result, or one of an unknown form.</summary>
    Missing,
    /// <summary>The project asks for something else than it did.</summary>
    SettingsMoved,
    /// <summary>A file that was read or written has another size or time.</summary>
    FilesMoved,
}

/// <summary>
/// Remembers beside a result what it was made from: the settings in plain text, and a signature of every input and output.
/// Comparing it is all that a build with nothing to do costs.
/// </summary>
internal static class Stamp
{
    private const string FileName = "stamp.txt";
    private const string Header = "tinynas-stamp\t1";

    public static StampState Check(ModelRequest request, string toolFolder)
    {
        string path = Path.Combine(request.OutputFolder, FileName);
        if (!File.Exists(path) || ModelResult.Read(request.OutputFolder) is null) return StampState.Missing;
        string[] lines = File.ReadAllLines(path, Encoding.UTF8);
        if (lines.Length == 0 || lines[0] != Header) return StampState.Missing;
        List<string> settings = [.. lines.Skip(1).TakeWhile(l => !IsFile(l))];
        if (!settings.SequenceEqual(request.Fingerprint(), StringComparer.Ordinal)) return StampState.SettingsMoved;
        foreach (string[] parts in lines.Where(IsFile).Select(l => l.Split('\t')))
        {
            if (parts.Length != 3) return StampState.Missing;
            // The tool's folder is part of the package; another one (an upgrade, a rebuild of the checkout) is a change too.
            string file = parts[1].Length == 0 ? toolFolder : parts[1];
            if (FileSignature.Of(file, request.OwnFolders) != parts[2]) return StampState.FilesMoved;
        }
        return StampState.Current;
    }

    public static void Write(ModelRequest request, ModelResult result, string toolFolder)
    {
        IEnumerable<string> files = result.Inputs.Distinct().OrderBy(p => p, StringComparer.Ordinal).Concat([result.Bindings, .. result.Firmware]);
        IEnumerable<string> lines = new[] { Header }.Concat(request.Fingerprint())
            .Concat([FileLine("", toolFolder, request.OwnFolders)]).Concat(files.Select(f => FileLine(f, f, request.OwnFolders)));
        File.WriteAllText(Path.Combine(request.OutputFolder, FileName), string.Join("\n", lines) + "\n");
    }

    private static string FileLine(string name, string path, IReadOnlyList<string> exclude) => "file\t" + name + "\t" + FileSignature.Of(path, exclude);

    private static bool IsFile(string line) => line.StartsWith("file\t", StringComparison.Ordinal);
}
