using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>Turns what a reader found into a data set: numbers labels and groups, checks values, hashes.</summary>
internal static class DataSetAssembler
{
    public static DataSet Assemble(RawSamples raw, ImmutableArray<string> labels, DataOptions options)
    {
        RejectNonFinite(raw, options);
        var numberOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < labels.Length; i++) numberOf.TryAdd(labels[i], i);
        var targets = new int[raw.Labels.Length];
        for (int i = 0; i < targets.Length; i++)
            if (!numberOf.TryGetValue(raw.Labels[i], out targets[i]))
                throw new TinyNasException(DiagnosticCatalogue.DataUnknownLabel, options.Path, raw.Labels[i], string.Join(", ", labels))
                    { Setting = options.Setting };
        int[]? groups = raw.Groups is null ? null : NumberByAppearance(raw.Groups);
        return new DataSet
        {
            Shape = raw.Shape, ElementType = raw.ElementType, Bytes = raw.Bytes, Floats = raw.Floats,
            Targets = targets, Labels = labels, Groups = groups,
            ContentHash = ContentHasher.Hash(raw.Shape, raw.ElementType, raw.Bytes, raw.Floats, targets, labels, groups),
            Source = options.Path, Files = raw.Files,
        };
    }

    private static int[] NumberByAppearance(string[] names)
    {
        var numberOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var numbers = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            if (!numberOf.TryGetValue(names[i], out numbers[i]))
                numberOf.Add(names[i], numbers[i] = numberOf.Count);
        }
        return numbers;
    }

    /// <summary>One NaN would make every weight NaN, and nothing later could say where it came from.</summary>
    private static void RejectNonFinite(RawSamples raw, DataOptions options)
    {
        for (int i = 0; i < raw.Floats.Length; i++)
            if (!float.IsFinite(raw.Floats[i]))
                throw DataErrors.Unreadable(options, raw.Files.Count == 1 ? raw.Files[0] : options.Path,
                    $"sample {i / raw.Shape.Count} holds a value that is not finite");
    }
}
