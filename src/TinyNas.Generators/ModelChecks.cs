using System.Collections.Generic;
using System.Linq;
using TinyNas.Model;

namespace TinyNas.Generators;

/// <summary>Why a model that was read well still cannot become a class.</summary>
internal static class ModelChecks
{
    public static Problem? Find(ParsedBindings parsed, Consumer consumer, EquatableArray<ClassKey> clashing)
    {
        if (parsed.Problem is not null) return parsed.Problem;
        if (consumer.Shortfall is { } shortfall) return At(DiagnosticCatalogue.ConsumerTooOld, shortfall);
        BindingsModel model = parsed.Model!;
        if (ClassKey.Of(parsed) is not { } key) return At(DiagnosticCatalogue.IdentifierEmpty, model.Name);
        if (clashing.Where(key.IsClassOf).OrderBy(other => other.Path == key.Path).FirstOrDefault() is { } other)
            return At(DiagnosticCatalogue.ClassClash, model.Name, other.Model, key.Identifier);
        if (ModelClass.IsReserved(key.Identifier)) return At(DiagnosticCatalogue.ClassReserved, model.Name, key.Identifier);
        var labels = new Dictionary<string, string>();
        foreach (string label in model.Labels)
        {
            if (Identifiers.OfLabel(label) is not { } identifier) return At(DiagnosticCatalogue.IdentifierEmpty, label);
            if (labels.TryGetValue(identifier, out string? earlier)) return At(DiagnosticCatalogue.LabelClash, earlier, label, identifier);
            labels.Add(identifier, label);
        }
        return null;

        Problem At(Diagnostic diagnostic, params string[] arguments) => new(diagnostic, parsed.Path, 0, new(arguments));
    }
}
