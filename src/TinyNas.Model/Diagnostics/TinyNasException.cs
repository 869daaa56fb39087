using System.Globalization;

namespace TinyNas.Model;

/// <summary>
/// A problem that the user can mend. <see cref="Setting"/> names the project property or metadata it hangs on ("Ram",
/// "Data"), from which the caller finds the line in the project file.
/// </summary>
public sealed class TinyNasException(Diagnostic diagnostic, params object[] arguments)
    : Exception(string.Format(CultureInfo.InvariantCulture, diagnostic.Message, arguments))
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    public string? Setting { get; init; }
}
