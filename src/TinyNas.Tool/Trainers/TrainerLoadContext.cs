using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace TinyNas.Tool.Trainers;

/// <summary>
/// Where a trainer's assembly finds what it needs: our own assemblies where the worker has them, the rest beside it (a checkout) or in
/// the packages that the project restored.
/// </summary>
internal sealed class TrainerLoadContext(string assembly, PackageAssets assets) : AssemblyLoadContext("trainer")
{
    private readonly AssemblyDependencyResolver beside = new(assembly);
    private bool librariesLoaded;

    protected override Assembly? Load(AssemblyName name)
    {
        // The seam's types must be the worker's: the same class loaded twice is two classes.
        if (name.Name!.StartsWith("TinyNas.", StringComparison.Ordinal)) return null;
        string? path = beside.ResolveAssemblyToPath(name) ?? assets.FindAssembly(name.Name);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    protected override nint LoadUnmanagedDll(string name)
    {
        if (beside.ResolveUnmanagedDllToPath(name) is { } path) return LoadUnmanagedDllFromPath(path);
        LoadLibraries();
        return assets.FindLibrary(name) is { } found && NativeLibrary.TryLoad(found, out nint library) ? library : 0;
    }

    /// <summary>
    /// A library finds those it needs in its own folder alone, and each package has a folder. What is loaded already is found by its
    /// name: so all are loaded, over and over until no further one succeeds.
    /// </summary>
    private void LoadLibraries()
    {
        if (librariesLoaded) return;
        librariesLoaded = true;
        List<string> waiting = [.. assets.Libraries];
        while (waiting.RemoveAll(path => NativeLibrary.TryLoad(path, out _)) > 0) { }
    }
}
