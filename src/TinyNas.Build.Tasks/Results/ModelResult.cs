using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace TinyNas.Build.Tasks;

/// <summary>What the worker left: the last file it writes lists the others, so that half a result is never taken for one.</summary>
internal sealed class ModelResult
{
    private const string FileName = "result.txt";
    private const string FirmwareFolder = "firmware";
    private readonly string firmwareFolder;

    private ModelResult(string outputFolder, string bindings, IReadOnlyList<string> firmware, IReadOnlyList<string> inputs)
    {
        firmwareFolder = Path.Combine(outputFolder, FirmwareFolder) + Path.DirectorySeparatorChar;
        Bindings = bindings;
        Firmware = firmware;
        Inputs = inputs;
    }

    public string Bindings { get; }

    /// <summary>Emitted files, or folders of them.</summary>
    public IReadOnlyList<string> Firmware { get; }

    /// <summary>Every file and folder the worker read.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Emitted files with the paths they have below a model's firmware folder, '/' between the parts, in ordinal order.</summary>
    public IEnumerable<FirmwareFile> FirmwareFiles() =>
        Firmware.SelectMany(entry => Directory.Exists(entry) ? Directory.EnumerateFiles(entry, "*", SearchOption.AllDirectories) : [entry])
            .OrderBy(file => file, StringComparer.Ordinal).Select(file => new FirmwareFile(file, Relative(file)));

    /// <summary>The result in a model's folder, or null where there is none or a part of it is gone.</summary>
    public static ModelResult? Read(string outputFolder)
    {
        string path = Path.Combine(outputFolder, FileName);
        if (!File.Exists(path)) return null;
        var entries = File.ReadAllLines(path, Encoding.UTF8).Select(line => line.Split(['\t'], 2)).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1]);
        string[] firmware = [.. entries["firmware"]];
        return entries["bindings"].LastOrDefault() is { } bindings && File.Exists(bindings) && firmware.All(f => File.Exists(f) || Directory.Exists(f))
            ? new ModelResult(outputFolder, bindings, firmware, [.. entries["input"]]) : null;
    }

    private string Relative(string file) => file.StartsWith(firmwareFolder, StringComparison.Ordinal)
        ? file.Substring(firmwareFolder.Length).Replace(Path.DirectorySeparatorChar, '/') : Path.GetFileName(file);
}

/// <summary>An emitted file and its path below the model's firmware folder.</summary>
internal sealed class FirmwareFile(string path, string relative)
{
    public string Path { get; } = path;

    public string Relative { get; } = relative;
}
