using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyNas.Generators;

/// <summary>What matters of the user's project. <paramref name="FrameworkVersion"/> is that of the core library: 8 for net8.0.</summary>
internal sealed record Consumer(string AssemblyName, int FrameworkVersion, LanguageVersion LanguageVersion)
{
    private const LanguageVersion CSharp12 = (LanguageVersion)1200;

    public static Consumer Of(Compilation compilation, ParseOptions options) => new(
        compilation.AssemblyName ?? "",
        compilation.GetSpecialType(SpecialType.System_Object).ContainingAssembly?.Identity.Version.Major ?? 0,
        (options as CSharpParseOptions)?.LanguageVersion ?? LanguageVersion.Default);

    /// <summary>What is too old, in words; null where the generated class compiles.</summary>
    public string? Shortfall =>
        LanguageVersion.MapSpecifiedToEffectiveVersion() < CSharp12 ? $"C# {LanguageVersion.ToDisplayString()}"
        // 0: references are not resolved yet, as in an editor that is still loading.
        : FrameworkVersion is > 0 and < 8 ? "a target framework older than net8.0" : null;
}
