using TinyNas.Model;

namespace TinyNas.Generators;

/// <summary>What the parser made of a file: a model, or the reason why not.</summary>
internal sealed record ParsedBindings(string Path, BindingsModel? Model, Problem? Problem);

/// <summary>A diagnostic at a line (from 0) of a bindings file. Holds no Roslyn object, so that steps can be compared.</summary>
internal sealed record Problem(Diagnostic Diagnostic, string Path, int Line, EquatableArray<string> Arguments);
