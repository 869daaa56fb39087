using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TinyNas.Build.Tasks;

namespace TinyNas.Build.Tests;

/// <summary>A project in a folder of its own, and the tasks as the targets would call them. The worker is the one whose behaviour tests choose.</summary>
internal sealed class TaskProject : IDisposable
{
    private static readonly string[] Declared = ["Ram", "Flash", "Data", "Strategy", "Runtime"];
    private readonly TemporaryFolder folder = new();

    public TaskProject(string xml = "<Project>\n  <ItemGroup>\n    <TinyNasModel Include=\"Gesture\" />\n  </ItemGroup>\n</Project>\n", string name = "App.csproj")
    {
        ProjectFile = Write(name, xml);
    }

    public string ProjectFile { get; }
    public string Folder => folder.Path;
    public string CacheFolder => Path.Combine(Folder, "obj", "tinynas") + Path.DirectorySeparatorChar;
    public string OutputFolder => Path.Combine(CacheFolder, "models", "Gesture");
    public Dictionary<string, string> Properties { get; } = [];
    public List<ITaskItem> Models { get; } = [new TaskItem("Gesture")];
    public List<string> PropertyFiles { get; } = [];
    public RecordingBuildEngine Engine { get; private set; } = new();
    public string Mode { get; set; } = "";
    public bool OnBuildServer { get; set; }

    public static string Worker => Path.Combine(Repository.Root, "tests", "TinyNas.Testing.Worker", "bin", Configuration, "net10.0", "TinyNas.Testing.Worker.dll");

    /// <summary>"Debug" or "Release": what these tests were built as.</summary>
    public static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;

    public string[] Runs => File.Exists(Path.Combine(CacheFolder, "runs.txt")) ? File.ReadAllLines(Path.Combine(CacheFolder, "runs.txt")) : [];

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public CheckModels Check(Action<CheckModels>? set = null)
    {
        var task = Prepare(new CheckModels());
        set?.Invoke(task);
        task.Execute();
        return task;
    }

    public BuildModels Builder() => Prepare(new BuildModels { DotNetHost = Environment.ProcessPath is { } p && Path.GetFileNameWithoutExtension(p) == "dotnet" ? p : "dotnet" });

    public bool Build() => Builder().Execute();

    public void Dispose() => folder.Dispose();

    private T Prepare<T>(T task) where T : ModelTask
    {
        task.BuildEngine = Engine = new RecordingBuildEngine();
        foreach (var (name, value) in Properties.Where(p => p.Key.StartsWith("-p:"))) Engine.GlobalProperties["TinyNas" + name[3..]] = value;
        task.Models = [.. Models];
        task.Settings = [.. Declared.Select(name => new TaskItem(name, new Dictionary<string, string> { ["Value"] = Properties.GetValueOrDefault(name, "") }))];
        task.Switches = ["Enabled", "Mode"];
        task.ProjectFile = ProjectFile;
        task.PropertyFiles = [.. PropertyFiles];
        task.CacheFolder = CacheFolder;
        task.ModelsFolder = Path.Combine(CacheFolder, "models") + Path.DirectorySeparatorChar;
        task.OwnFolders = [Path.Combine(Folder, "bin") + Path.DirectorySeparatorChar, Path.Combine(Folder, "obj") + Path.DirectorySeparatorChar];
        task.LockFolder = Path.Combine(Folder, "tinynas") + Path.DirectorySeparatorChar;
        task.Tool = Worker;
        task.RootNamespace = "App";
        task.Mode = Mode;
        task.OnBuildServer = OnBuildServer;
        return task;
    }
}
