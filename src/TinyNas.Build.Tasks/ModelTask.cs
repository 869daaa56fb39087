using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.Build.Framework;
using TinyNas.Model;

namespace TinyNas.Build.Tasks;

/// <summary>What both tasks need to know of the project: from it they make one request per model. All paths are absolute.</summary>
public abstract class ModelTask : Microsoft.Build.Utilities.Task
{
    private static readonly string[] Modes = ["Search", "Frozen", "Off"];
    private static readonly char[] PathCharacters = ['/', '\\', ':', '*', '?', '"', '<', '>', '|', ';', '\t', '\n', '\r'];

    /// <summary>The TinyNasModel items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Declared settings: item = name, metadata Value = value of the TinyNas property of that name, perhaps empty.</summary>
    [Required]
    public ITaskItem[] Settings { get; set; } = [];

    /// <summary>Names (without TinyNas) of properties that steer the build and are no setting of a model.</summary>
    public string[] Switches { get; set; } = [];

    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Files beside the project that may set properties, such as Directory.Build.props.</summary>
    public string[] PropertyFiles { get; set; } = [];

    [Required]
    public string CacheFolder { get; set; } = "";

    /// <summary>Where each model has a folder for its last result. The cache may be shared between projects; this is the project's own.</summary>
    [Required]
    public string ModelsFolder { get; set; } = "";

    /// <summary>Folders that builds of the project write into (bin, obj).</summary>
    public string[] OwnFolders { get; set; } = [];

    [Required]
    public string LockFolder { get; set; } = "";

    /// <summary>The worker's assembly.</summary>
    [Required]
    public string Tool { get; set; } = "";

    public string RootNamespace { get; set; } = "";

    /// <summary>Trainers out of packages that the project references: item = assembly, metadata Trainer = what the setting Trainer calls it.</summary>
    public ITaskItem[] Trainers { get; set; } = [];

    /// <summary>NuGet's list of what the project restored.</summary>
    public string AssetsFile { get; set; } = "";

    /// <summary>The project's Mode; empty = Search, or Frozen on a build server once a lock exists.</summary>
    public string Mode { get; set; } = "";

    public bool OnBuildServer { get; set; }

    /// <summary>Results to bind: item = bindings file, metadata Model.</summary>
    [Output]
    public ITaskItem[] Results { get; protected set; } = [];

    private protected string ToolFolder => Path.GetDirectoryName(Tool)!;

    /// <summary>One request per model; models that cannot be asked for are reported and left out.</summary>
    private protected List<ModelRequest> GatherRequests()
    {
        var collector = new SettingCollector(ProjectFile, PropertyFiles, GlobalProperties(), Settings, Switches.Concat(["Mode"]));
        var requests = new List<ModelRequest>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ITaskItem model in Models)
        {
            string? problem = !names.Add(model.ItemSpec) ? "two items have this name" : NameProblem(model.ItemSpec);
            var request = new ModelRequest
            {
                PackageVersion = PackageVersion, Project = ProjectFile, Model = model.ItemSpec, RootNamespace = RootNamespace, CacheFolder = CacheFolder,
                ModelsFolder = ModelsFolder, OwnFolders = [.. OwnFolders, CacheFolder, LockFolder], LockFolder = LockFolder, Locate = () => collector.LocateModel(model.ItemSpec), Settings = collector.Collect(model),
                Trainers = [.. Trainers.Select(t => new KeyValuePair<string, string>(t.GetMetadata("Trainer"), Path.GetFullPath(t.ItemSpec)))], AssetsFile = AssetsFile,
            };
            request.Mode = ModeOf(model, request);
            if (problem is not null) Report(DiagnosticCatalogue.BadModelName, request.Location, model.ItemSpec, problem);
            else if (!Modes.Contains(request.Mode))
                Report(DiagnosticCatalogue.MalformedValue, collector.LocateMode(model), "Mode", request.Mode, "it is one of " + string.Join(", ", Modes));
            else requests.Add(request);
        }
        return requests;
    }

    private protected static ITaskItem ToItem(ModelRequest request, ModelResult result) =>
        Items.Create(result.Bindings, ("Model", request.Model));

    private protected void Report(Diagnostic diagnostic, SourceLocation at, params object[] arguments) =>
        Log.LogError(null, diagnostic.Code, null, at.File, at.Line, at.Column, 0, 0, "{0}",
            string.Format(System.Globalization.CultureInfo.InvariantCulture, diagnostic.Message, arguments) + " " + diagnostic.Cure);

    private string ModeOf(ITaskItem model, ModelRequest request)
    {
        // What the command line says beats an item, or the command that renews a lock would not renew it.
        string mode = GlobalProperties().ContainsKey("TinyNasMode") ? "" : model.GetMetadata("Mode").Trim();
        if (mode.Length == 0) mode = Mode.Trim();
        if (mode.Length == 0) return OnBuildServer && File.Exists(request.LockFile) ? "Frozen" : "Search";
        return Modes.FirstOrDefault(m => m.Equals(mode, StringComparison.OrdinalIgnoreCase)) ?? mode;
    }

    // The name becomes a folder of results, so what would lead out of it or fail on another system is refused here.
    private static string? NameProblem(string name) =>
        name.IndexOfAny(PathCharacters) >= 0 ? "it holds a character that file names cannot have"
        : name.StartsWith(".", StringComparison.Ordinal) || name.EndsWith(".", StringComparison.Ordinal) ? "it begins or ends with a dot"
        : name.Length > 64 ? "it is longer than 64 characters" : null;

    private IReadOnlyDictionary<string, string> GlobalProperties()
    {
        try
        {
            return (BuildEngine as IBuildEngine6)?.GetGlobalProperties() ?? new Dictionary<string, string>();
        }
        catch (NotImplementedException)
        {
            // A task host of its own does not know them; then a command-line value is located where the files set it.
            return new Dictionary<string, string>();
        }
    }

    private static string PackageVersion { get; } = typeof(ModelTask).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
