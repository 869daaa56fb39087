using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace TinyNas.Build.Tasks;

/// <summary>Everything the worker is told about one model. All paths are absolute; folders end in a separator.</summary>
internal sealed class ModelRequest
{
    public string PackageVersion { get; set; } = "";
    public string Project { get; set; } = "";
    public string Model { get; set; } = "";
    public string Mode { get; set; } = "";
    public string RootNamespace { get; set; } = "";
    public string CacheFolder { get; set; } = "";
    public string ModelsFolder { get; set; } = "";
    public string LockFolder { get; set; } = "";

    /// <summary>Where the model is declared. Looked up when asked for.</summary>
    public Func<SourceLocation> Locate { get; set; } = () => default;

    public SourceLocation Location => Locate();

    public IReadOnlyList<Setting> Settings { get; set; } = [];

    /// <summary>Folders that builds of the project write into: never data, also where Data is the project's own folder.</summary>
    public IReadOnlyList<string> OwnFolders { get; set; } = [];

    /// <summary>Trainers out of packages: name and assembly.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trainers { get; set; } = [];

    /// <summary>NuGet's list of what the project restored, for a trainer to find its packages by.</summary>
    public string AssetsFile { get; set; } = "";

    public string OutputFolder => Path.Combine(ModelsFolder, Model) + Path.DirectorySeparatorChar;

    public string LockFile => Path.Combine(LockFolder, Model + ".lock.json");

    /// <summary>The request as the worker reads it.</summary>
    public string ToJson()
    {
        var text = new StringBuilder("{\n  \"schema\": 1,\n");
        foreach (var (name, value) in new[]
        {
            ("packageVersion", PackageVersion), ("project", Project), ("model", Model), ("mode", Mode), ("rootNamespace", RootNamespace),
            ("cacheFolder", CacheFolder), ("outputFolder", OutputFolder), ("lockFolder", LockFolder),
        })
            text.Append("  ").AppendProperty(name, value).Append(",\n");
        text.Append("  \"ownFolders\": [");
        for (int i = 0; i < OwnFolders.Count; i++) text.Append(i == 0 ? "" : ", ").AppendJson(OwnFolders[i]);
        text.Append("],\n");
        if (Trainers.Count > 0) AppendTrainers(text);
        text.Append("  \"settings\": [");
        for (int i = 0; i < Settings.Count; i++)
        {
            Setting setting = Settings[i];
            text.Append(i == 0 ? "\n    { " : ",\n    { ")
                .AppendProperty("name", setting.Name).Append(", ").AppendProperty("value", setting.Value).Append(", ")
                .AppendProperty("file", setting.Location.File).Append(", \"line\": ").Append(setting.Location.Line.ToString(CultureInfo.InvariantCulture))
                .Append(", \"column\": ").Append(setting.Location.Column.ToString(CultureInfo.InvariantCulture)).Append(" }");
        }
        return text.Append(Settings.Count == 0 ? "]\n}\n" : "\n  ]\n}\n").ToString();
    }

    private void AppendTrainers(StringBuilder text)
    {
        text.Append("  ").AppendProperty("assetsFile", AssetsFile).Append(",\n  \"trainers\": [");
        for (int i = 0; i < Trainers.Count; i++)
            text.Append(i == 0 ? "{ " : ", { ").AppendProperty("trainer", Trainers[i].Key).Append(", ").AppendProperty("path", Trainers[i].Value).Append(" }");
        text.Append("],\n");
    }

    /// <summary>
    /// What decides whether an earlier result still stands. Lines and columns are left out: moving a property within the
    /// project file changes where a problem is reported and nothing else.
    /// </summary>
    public IEnumerable<string> Fingerprint()
    {
        yield return "version\t" + Line(PackageVersion);
        yield return "mode\t" + Line(Mode);
        yield return "namespace\t" + Line(RootNamespace);
        foreach (Setting setting in Settings) yield return "setting\t" + Line(setting.Name) + "\t" + Line(setting.Value);
    }

    private static string Line(string value) => value.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\r", "\\r").Replace("\n", "\\n");
}
