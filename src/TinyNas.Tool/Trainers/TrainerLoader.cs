using System.Reflection;
using TinyNas.Model;
using TinyNas.Tool.Requests;
using TinyNas.Training;

namespace TinyNas.Tool.Trainers;

/// <summary>The trainer that a request asks for: our own, or one out of a package that the project references.</summary>
internal static class TrainerLoader
{
    public const string Managed = "Managed";

    /// <exception cref="TinyNasException">TNAS0510 to TNAS0513: the package, its version, a library or the device.</exception>
    public static ITrainer Load(ModelRequest request)
    {
        if (request.Trainer == Managed) return new ManagedTrainer { MemoryLimit = ManagedTrainer.AvailableMemory / request.Workers };
        if (request.File.Trainers?.FirstOrDefault(t => t.Trainer == request.Trainer) is not { } wanted || !File.Exists(wanted.Path))
            throw new TinyNasException(DiagnosticCatalogue.TrainerMissing, request.Trainer) { Setting = "Trainer" };
        var context = new TrainerLoadContext(wanted.Path, PackageAssets.Read(request.File.AssetsFile));
        return Factory(context.LoadFromAssemblyPath(wanted.Path), request.Trainer).Create(request.TorchDevice);
    }

    private static ITrainerFactory Factory(Assembly assembly, string name)
    {
        string own = Version(typeof(TrainerLoader).Assembly), its = Version(assembly);
        // Trainer and worker share classes that change from version to version.
        if (own != its) throw Unusable(name, $"it is of version {its}, TinyNas.Build of {own}");
        Type type = assembly.GetExportedTypes().FirstOrDefault(t => typeof(ITrainerFactory).IsAssignableFrom(t)) ?? throw Unusable(name, "it holds no trainer");
        return (ITrainerFactory)Activator.CreateInstance(type)!;
    }

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "?";

    private static TinyNasException Unusable(string name, string why) =>
        new(DiagnosticCatalogue.TrainerVersion, "TinyNas.Training." + name, why) { Setting = "Trainer" };
}
