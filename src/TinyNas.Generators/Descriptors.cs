using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using System.Linq;
using TinyNas.Model;

namespace TinyNas.Generators;

/// <summary>The catalogue's entries as the compiler wants them.</summary>
internal static class Descriptors
{
    public static Microsoft.CodeAnalysis.Diagnostic At(Problem problem) => Microsoft.CodeAnalysis.Diagnostic.Create(
        Of(problem.Diagnostic),
        Location.Create(problem.Path, default, new LinePositionSpan(new LinePosition(problem.Line, 0), new LinePosition(problem.Line, 0))),
        problem.Arguments.Cast<object>().ToArray());

    private static DiagnosticDescriptor Of(TinyNas.Model.Diagnostic diagnostic) => new(
        diagnostic.Code, diagnostic.Message, diagnostic.Message, "TinyNas",
        diagnostic.IsWarning ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, isEnabledByDefault: true,
        description: $"{diagnostic.Cause} {diagnostic.Cure}");
}
