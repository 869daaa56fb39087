using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Build.Framework;

namespace TinyNas.Build.Tasks;

/// <summary>
/// Finds every setting of a model: metadata of its item, else the TinyNas property of that name. Names that nobody
/// declared are handed on too, for the worker to refuse: a misspelt budget must not be ignored in silence.
/// </summary>
internal sealed class SettingCollector
{
    private const string Prefix = "TinyNas";
    private readonly string projectFile;
    private readonly string[] paths;
    private readonly Lazy<ProjectXml[]> files;
    private readonly IReadOnlyDictionary<string, string> globalProperties;
    private readonly ITaskItem[] defaults;
    private readonly HashSet<string> declared;

    /// <param name="projectFile">Full path of the project.</param>
    /// <param name="otherFiles">Further files that may set properties, nearest first; those that do not exist are passed over.</param>
    /// <param name="globalProperties">Properties of the command line.</param>
    /// <param name="defaults">Declared settings: item = name, metadata Value = the property's value, perhaps empty.</param>
    /// <param name="switches">TinyNas properties that steer the build and are no settings of a model.</param>
    public SettingCollector(string projectFile, IEnumerable<string> otherFiles, IReadOnlyDictionary<string, string> globalProperties,
        IEnumerable<ITaskItem> defaults, IEnumerable<string> switches)
    {
        this.projectFile = projectFile;
        this.globalProperties = globalProperties;
        this.defaults = [.. defaults];
        paths = [projectFile, .. otherFiles.Where(System.IO.File.Exists)];
        files = new Lazy<ProjectXml[]>(() => [.. paths.Select(ProjectXml.Load)]);
        declared = new HashSet<string>(this.defaults.Select(d => d.ItemSpec).Concat(switches), StringComparer.OrdinalIgnoreCase);
    }

    public List<Setting> Collect(ITaskItem model)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in model.CloneCustomMetadata())
            if (((string)entry.Value!).Trim() is { Length: > 0 } value) metadata[(string)entry.Key] = value;

        var settings = new List<Setting>();
        foreach (ITaskItem setting in defaults)
        {
            string name = setting.ItemSpec, value = setting.GetMetadata("Value").Trim();
            if (metadata.TryGetValue(name, out string? own))
                settings.Add(new Setting(name, own, () => LocateMetadata(model.ItemSpec, name)));
            else if (value.Length > 0)
                settings.Add(new Setting(name, value, () => LocateProperty(model.ItemSpec, name)));
        }
        foreach (string name in metadata.Keys.Where(k => !declared.Contains(k)).OrderBy(k => k, StringComparer.Ordinal))
            settings.Add(new Setting(name, metadata[name], () => LocateMetadata(model.ItemSpec, name)));
        if (IsAnyUndeclared()) settings.AddRange(UndeclaredProperties());
        return settings;
    }

    /// <summary>Where the model itself is declared, or the project's first line.</summary>
    public SourceLocation LocateModel(string model) => First(f => f.Model(model)) ?? Top;

    public SourceLocation LocateMode(ITaskItem model) =>
        model.GetMetadata("Mode").Length > 0 ? LocateMetadata(model.ItemSpec, "Mode") : LocateProperty(model.ItemSpec, "Mode");

    private SourceLocation Top => new(projectFile, 1, 1);

    private SourceLocation LocateMetadata(string model, string name) => First(f => f.Metadata(model, name)) ?? LocateModel(model);

    // A property of the command line beats every file, and stands on no line.
    private SourceLocation LocateProperty(string model, string name) => globalProperties.ContainsKey(Prefix + name)
        ? Top : First(f => f.Property(Prefix + name)) ?? LocateModel(model);

    private bool IsAnyUndeclared()
    {
        foreach (string path in paths)
            if (ProjectXml.AnyProperty(path, IsUndeclared)) return true;
        return globalProperties.Keys.Any(IsUndeclared);
    }

    private bool IsUndeclared(string property) => property.Length > Prefix.Length
        && property.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && !declared.Contains(property.Substring(Prefix.Length));

    private IEnumerable<Setting> UndeclaredProperties()
    {
        var found = new Dictionary<string, Setting>(StringComparer.OrdinalIgnoreCase);
        foreach (ProjectXml file in files.Value)
            foreach (var (name, value, location) in file.Properties(Prefix)) Consider(name, value, location);
        foreach (var property in globalProperties)
            Consider(property.Key, property.Value, Top);
        return found.Values.OrderBy(s => s.Name, StringComparer.Ordinal);

        void Consider(string property, string value, SourceLocation location)
        {
            if (!IsUndeclared(property)) return;
            string name = property.Substring(Prefix.Length);
            found[name] = new Setting(name, value, () => location);
        }
    }

    private SourceLocation? First(Func<ProjectXml, SourceLocation?> find) => files.Value.Select(find).FirstOrDefault(l => l is not null);
}
