using System.Text.Json;

namespace TinyNas.Tool.Requests;

/// <summary>What the build task writes for the worker: where things are, and every setting as text with its place in the project file.</summary>
internal sealed record RequestFile(
    int Schema, string PackageVersion, string Project, string Model, string Mode, string RootNamespace,
    string CacheFolder, string OutputFolder, string LockFolder, IReadOnlyList<Setting> Settings,
    IReadOnlyList<string>? OwnFolders = null, IReadOnlyList<TrainerAssembly>? Trainers = null, string? AssetsFile = null)
{
    public const int CurrentSchema = 1;

    public static RequestFile Read(string path)
    {
        var request = JsonSerializer.Deserialize<RequestFile>(File.ReadAllText(path), JsonStyle.Indented)
            ?? throw new InvalidDataException($"{path} is empty.");
        return request.Schema == CurrentSchema
            ? request
            : throw new InvalidDataException($"{path} has schema {request.Schema}; this tool reads {CurrentSchema}. Package and tool are of different versions.");
    }
}

/// <summary>A trainer out of a package that the project references.</summary>
/// <param name="Trainer">What the setting Trainer calls it.</param>
internal sealed record TrainerAssembly(string Trainer, string Path);

/// <summary>One property or metadata value; line and column are 1-based, of the place that set it.</summary>
internal sealed record Setting(string Name, string Value, string File, int Line, int Column);
