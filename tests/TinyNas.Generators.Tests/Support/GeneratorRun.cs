extern alias generators;

using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TinyNas.Deploy;

namespace TinyNas.Generators.Tests;

/// <summary>A user's project in memory: its bindings files, sources and settings, and what the generator makes of them.</summary>
internal sealed record GeneratorRun
{
    public ImmutableArray<(string Path, string Text)> Files { get; init; } = [];

    public ImmutableArray<string> Sources { get; init; } = [];

    public string AssemblyName { get; init; } = "User.App";

    public string RootNamespace { get; init; } = "App";

    public string Kind { get; init; } = "Bindings";

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.CSharp12;

    /// <summary>Everything that a consumer may have set against generated code.</summary>
    public bool IsStrict { get; init; }

    public ImmutableArray<MetadataReference> References { get; init; } = Runtime;

    /// <summary>The assemblies that these tests run on.</summary>
    public static readonly ImmutableArray<MetadataReference> Runtime =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Select(p => MetadataReference.CreateFromFile(p))];

    public static GeneratorRun Of(params EmittedFile[] files) => new()
    {
        Files = [.. files.Select(f => ($"/obj/{f.Name}", Encoding.UTF8.GetString(f.Content.Span)))],
    };

    public CSharpCompilation Compilation => CSharpCompilation.Create(
        AssemblyName, Sources.Select(s => CSharpSyntaxTree.ParseText(s, ParseOptions)), References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            checkOverflow: IsStrict,
            generalDiagnosticOption: IsStrict ? ReportDiagnostic.Error : ReportDiagnostic.Default,
            warningLevel: IsStrict ? 9999 : 4,
            nullableContextOptions: NullableContextOptions.Disable));

    public ImmutableArray<AdditionalText> AdditionalTexts { get => field.IsDefault ? field = [.. Files.Select(f => Text(f.Path, f.Text))] : field; }

    public static AdditionalText Text(string path, string text) => new File(path, text);

    public GeneratorDriver Driver => CSharpGeneratorDriver.Create(
        [new generators::TinyNas.Generators.BindingsGenerator().AsSourceGenerator()],
        AdditionalTexts, ParseOptions, new Options(RootNamespace, Kind),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public GeneratorResult Run()
    {
        GeneratorDriver driver = Driver.RunGeneratorsAndUpdateCompilation(Compilation, out var output, out _);
        return new GeneratorResult((CSharpCompilation)output, driver.GetRunResult().Results.Single());
    }

    private CSharpParseOptions ParseOptions => new(LanguageVersion, documentationMode: IsStrict ? DocumentationMode.Diagnose : DocumentationMode.Parse);

    private sealed class File(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }

    private sealed class Options(string rootNamespace, string kind) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Values("build_property.RootNamespace", rootNamespace);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values("", "");

        public override AnalyzerConfigOptions GetOptions(AdditionalText text) => new Values("build_metadata.AdditionalFiles.TinyNasKind", kind);
    }

    private sealed class Values(string key, string value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string name, out string found)
        {
            found = value;
            return name == key;
        }
    }
}
