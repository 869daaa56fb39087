namespace TinyNas.Model;

/// <summary>
/// One entry of the catalogue: a stable code, a message with {0}-style places, what usually causes it and how to mend it.
/// Codes are never reused.
/// </summary>
public sealed record Diagnostic(string Code, string Message, string Cause, string Cure)
{
    public bool IsWarning { get; init; }
}
