namespace TinyNas.Build.Tasks;

/// <summary>
/// The diagnostics that arise before or around the worker. The catalogue proper lives with the tool, which a task cannot
/// load; a test compares the two.
/// </summary>
internal sealed class BuildDiagnostic(string code, string message, string cure)
{
    public static readonly BuildDiagnostic MalformedValue = new("TNAS0002",
        "'{1}' is no valid value for '{0}': {2}.", "Write sizes like 40KiB or 20480, counts like 2.73M, times like 50ms, and names as README lists them.");

    public static readonly BuildDiagnostic BadModelName = new("TNAS0005",
        "'{0}' cannot name a model: {1}.", "Give the TinyNasModel item a short name of letters, digits, '_' and '-', one per model.");

    public static readonly BuildDiagnostic WorkerCrashed = new("TNAS0501",
        "The worker for '{0}' ended with code {1} and no diagnostic; its output is in {2}.", "Report the problem with that file; finished trials are kept.");

    public static readonly BuildDiagnostic SearchStopped = new("TNAS0502",
        "The search for '{0}' was stopped; its finished trials are kept.", "Build again: the search goes on from there.");

    public static readonly BuildDiagnostic SettingsDiffer = new("TNAS0503",
        "The settings of '{0}' differ between target frameworks or configurations.",
        "One search serves them all: set TinyNas properties and metadata without conditions on TargetFramework, Configuration, Platform or RuntimeIdentifier.");

    public static readonly BuildDiagnostic FolderUnusable = new("TNAS0504",
        "'{0}' cannot be used for results: {1}", "Free space or permissions there, or set TinyNasCacheFolder to another folder.");

    public static readonly BuildDiagnostic WorkerUnstartable = new("TNAS0505",
        "The worker cannot be started: {0}", "Install the .NET 10 SDK or a later one, and restore the package again.");

    public string Code { get; } = code;

    public string Message { get; } = message;

    public string Cure { get; } = cure;
}
