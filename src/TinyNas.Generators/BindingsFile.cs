using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TinyNas.Generators;

/// <summary>The bindings files among a project's additional files, and the namespace for those that name none.</summary>
internal sealed record BindingsFile(AdditionalText Text, string RootNamespace)
{
    public static bool Is(AnalyzerConfigOptionsProvider options, AdditionalText text) =>
        options.GetOptions(text).TryGetValue("build_metadata.AdditionalFiles.TinyNasKind", out string? kind)
        && kind.Equals("Bindings", StringComparison.OrdinalIgnoreCase);

    public static BindingsFile Of(AnalyzerConfigOptionsProvider options, AdditionalText text) => new(text,
        options.GlobalOptions.TryGetValue("build_property.RootNamespace", out string? name) ? name : "");

    public ParsedBindings Parse(CancellationToken cancellation)
    {
        ParsedBindings parsed = BindingsParser.Parse(Text.Path, Text.GetText(cancellation));
        return parsed.Model is { Namespace: null or "" } model ? parsed with { Model = model with { Namespace = RootNamespace } } : parsed;
    }
}
