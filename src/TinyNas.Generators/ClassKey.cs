using System;
using System.Collections.Generic;
using System.Linq;

namespace TinyNas.Generators;

/// <summary>The class that a bindings file becomes: what has to be unique in a compilation.</summary>
internal sealed record ClassKey(string Namespace, string Identifier, string Path, string Model)
{
    public static ClassKey? Of(ParsedBindings parsed) => parsed.Model is { } model && Identifiers.OfModel(model.Name) is { } identifier
        ? new ClassKey(Identifiers.Namespace(model.Namespace ?? ""), identifier, parsed.Path, model.Name) : null;

    /// <summary>ASCII, unique per class, the same on every machine.</summary>
    public string HintName => $"Model.{(Namespace.Length == 0 ? "" : Identifiers.Injective(Namespace) + ".")}{Identifiers.Injective(Identifier)}.g.cs";

    /// <summary>Hint names compare without case, as file systems do; so names that differ in case alone clash as well.</summary>
    public bool IsClassOf(ClassKey other) => string.Equals(HintName, other.HintName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Keys that share their class with another file, or with the same file listed twice.</summary>
    public static EquatableArray<ClassKey> Clashing(IEnumerable<ClassKey?> keys)
    {
        List<ClassKey> all = keys.OfType<ClassKey>().ToList();
        return new(all.Where(key => all.Count(key.IsClassOf) > 1));
    }
}
