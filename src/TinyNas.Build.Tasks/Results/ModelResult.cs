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

    private ModelResult(string bindings, string firmware, IReadOnlyList<string> inputs)
    {
        Bindings = bindings;
        Firmware = firmware;
        Inputs = inputs;
    }

    public string Bindings { get; }

    /// <summary>Folder of the emitted files.</summary>
    public string Firmware { get; }

    /// <summary>Every file and folder the worker read.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Emitted files with their paths below <see cref="Firmware"/>, in ordinal order.</summary>
    public IEnumerable<(string Path, string Relative)> FirmwareFiles()
    {
        string root = Firmware.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).OrderBy(p => p, StringComparer.Ordinal)
            .Select(p => (p, p.Substring(root.Length + 1).Replace(Path.DirectorySeparatorChar, '/')));
    }

    /// <summary>The result in a model's folder, or null where there is none or a part of it is gone.</summary>
    public static ModelResult? Read(string outputFolder)
    {
        string path = Path.Combine(outputFolder, FileName);
        if (!File.Exists(path)) return null;
        var entries = File.ReadAllLines(path, Encoding.UTF8).Select(line => line.Split(['\t'], 2)).Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0], parts => parts[1]);
        string? bindings = entries["bindings"].LastOrDefault(), firmware = entries["firmware"].LastOrDefault();
        return bindings is null || firmware is null || !File.Exists(bindings) || !Directory.Exists(firmware)
            ? null : new ModelResult(bindings, firmware, [.. entries["input"]]);
    }
}
