using System.Runtime.InteropServices;
using TinyNas.Model;

namespace TinyNas.Training.TorchSharp;

/// <summary>Turns what goes wrong between TorchSharp, libtorch and the machine into diagnostics that name the package to add or change.</summary>
internal static class TorchFault
{
    public static T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception problem) when (Translate(problem) is { } diagnosed)
        {
            throw diagnosed;
        }
    }

    /// <summary>Null: a defect, to be reported as it is.</summary>
    public static TinyNasException? Translate(Exception problem) => problem switch
    {
        TypeInitializationException { InnerException: { } inner } => Translate(inner),
        // TorchSharp itself throws this where it finds no libtorch.
        NotSupportedException when problem.Message.Contains("TorchSharp", StringComparison.Ordinal) => Of(DiagnosticCatalogue.TorchLibraryMissing, FirstLine(problem)),
        DllNotFoundException or BadImageFormatException => Of(DiagnosticCatalogue.TorchLibraryMissing, FirstLine(problem)),
        EntryPointNotFoundException or MissingMemberException or TypeLoadException => Of(DiagnosticCatalogue.TrainerVersion, "TorchSharp", FirstLine(problem)),
        FileNotFoundException { FileName: { } name } when IsAssembly(name) => Of(DiagnosticCatalogue.TrainerVersion, "TorchSharp", FirstLine(problem)),
        FileLoadException { FileName: { } name } when IsAssembly(name) => Of(DiagnosticCatalogue.TrainerVersion, "TorchSharp", FirstLine(problem)),
        OutOfMemoryException => Of(DiagnosticCatalogue.TrainerOutOfMemory, FirstLine(problem)),
        ExternalException when IsMemory(problem.Message) => Of(DiagnosticCatalogue.TrainerOutOfMemory, FirstLine(problem)),
        _ => null,
    };

    private static bool IsAssembly(string name) => name.Contains(", Version=", StringComparison.Ordinal);

    /// <summary>The words of libtorch's allocators: the CPU's on Unix, on Windows, and CUDA's.</summary>
    private static bool IsMemory(string message) =>
        message.Contains("can't allocate memory", StringComparison.Ordinal)
        || message.Contains("not enough memory", StringComparison.Ordinal)
        || message.Contains("out of memory", StringComparison.OrdinalIgnoreCase);

    private static TinyNasException Of(Diagnostic diagnostic, params object[] arguments) => new(diagnostic, arguments) { Setting = "Trainer" };

    private static string FirstLine(Exception problem) => problem.Message.Split('\n')[0].Trim().TrimEnd('.');
}
