using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace TinyNas.Tool.Trainers;

/// <summary>
/// Files of the packages that a project restored, by its project.assets.json. The project's own choice of assets does not matter here:
/// what the trainer needs must not go into the user's program.
/// </summary>
internal sealed class PackageAssets
{
    /// <summary>Frameworks whose libraries the worker can load, best first.</summary>
    private static readonly string[] Frameworks =
    [
        .. Enumerable.Range(5, Math.Max(0, Environment.Version.Major - 4)).Reverse().Select(major => $"net{major}.0"),
        "netcoreapp3.1", "netcoreapp3.0", "netstandard2.1", "netcoreapp2.1", "netstandard2.0",
    ];

    private readonly ImmutableArray<PackageFile> files;

    private PackageAssets(IEnumerable<PackageFile> files) => this.files = [.. files];

    private static string NativeFolder { get; } = $"runtimes/{Platform}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}/native/";

    /// <summary>The native libraries of this system.</summary>
    public IEnumerable<string> Libraries => files.Where(f => f.Relative.StartsWith(NativeFolder, StringComparison.Ordinal) && IsLibrary(f.Relative)).Select(f => f.Path);

    private static string Platform => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    /// <summary>Nothing is found where there is no such file: a checkout has everything beside the trainer.</summary>
    public static PackageAssets Read(string? path)
    {
        if (path is null || !File.Exists(path)) return new PackageAssets([]);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        string[] folders = [.. document.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        var files = new List<PackageFile>();
        foreach (JsonProperty library in document.RootElement.GetProperty("libraries").EnumerateObject())
        {
            if (library.Value.GetProperty("type").GetString() != "package") continue;
            string relative = library.Value.GetProperty("path").GetString()!;
            if (folders.Select(folder => Path.Combine(folder, relative)).FirstOrDefault(Directory.Exists) is not { } root) continue;
            files.AddRange(library.Value.GetProperty("files").EnumerateArray().Select(file => new PackageFile(file.GetString()!, Path.Combine(root, file.GetString()!))));
        }
        return new PackageAssets(files);
    }

    public string? FindAssembly(string name) => Frameworks
        .Select(framework => files.FirstOrDefault(f => f.Relative.Equals($"lib/{framework}/{name}.dll", StringComparison.OrdinalIgnoreCase))?.Path)
        .FirstOrDefault(path => path is not null);

    /// <summary>By the name that a program imports: with or without what the system puts before and behind it, such as a version.</summary>
    public string? FindLibrary(string name) => Libraries.FirstOrDefault(path => Path.GetFileName(path) is var file
        && (file == name || file == name + ".dll" || file == $"lib{name}.so" || file == $"lib{name}.dylib" || file.StartsWith($"lib{name}.so.", StringComparison.Ordinal)));

    private static bool IsLibrary(string file) => Path.GetFileName(file) is var name
        && (name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".dylib", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal)
            || name.Contains(".so.", StringComparison.Ordinal));

    private sealed record PackageFile(string Relative, string Path);
}
