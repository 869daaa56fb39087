using TinyNas.Model;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool;

/// <summary>Writes diagnostics in the form MSBuild recognises on any tool's output: file(line,column): error CODE: text.</summary>
internal sealed class DiagnosticPrinter(RequestFile request, TextWriter writer)
{
    public void Print(TinyNasException problem) => Print(problem.Diagnostic, problem.Message, problem.Setting);

    public void Warn(Diagnostic diagnostic, params object[] arguments) => Print(new TinyNasException(diagnostic, arguments));

    private void Print(Diagnostic diagnostic, string message, string? setting)
    {
        Setting? place = setting is null ? null : request.Settings.FirstOrDefault(s => s.Name == setting);
        string text = $"{message} {diagnostic.Cure}".ReplaceLineEndings(" ");
        writer.WriteLine($"{place?.File ?? request.Project}({place?.Line ?? 1},{place?.Column ?? 1}): {(diagnostic.IsWarning ? "warning" : "error")} {diagnostic.Code}: {text}");
    }
}
