using System.Collections.Immutable;
using System.Text.Json;

namespace TinyNas.Search;

/// <summary>One line of a journal: a finished trial as JSON. Numbers are written so that they read back to the same bits.</summary>
internal static class JournalRecord
{
    public static string Write(TrialResult result) => JsonSerializer.Serialize(new Line(
        new SortedDictionary<string, double>(result.Configuration.Values.ToDictionary(), StringComparer.Ordinal),
        result.Proposal.Fidelity.Epochs, Unless(1, result.Proposal.Fidelity.Part), Unless(0, result.Proposal.Replicate),
        result.Outcome.ToString(), result.Score, result.Scalars, result.Reason), JournalJson.Options);

    /// <returns>Null where the line is no whole record.</returns>
    public static TrialResult? Read(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<Line>(text, JournalJson.Options) is not { Config: not null, Scalars: not null } line) return null;
            if (!Enum.TryParse(line.Outcome, out TrialOutcome outcome)) return null;
            var configuration = new Configuration(line.Config.Select(v => (v.Key, v.Value)));
            var fidelity = new Fidelity { Epochs = line.Epochs, Part = line.Part ?? 1 };
            return new TrialResult(
                new Proposal(configuration, fidelity, line.Replicate ?? 0), outcome, line.Score,
                line.Scalars.ToImmutableSortedDictionary(StringComparer.Ordinal), line.Reason);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? Unless(int usual, int value) => value == usual ? null : value;

    private sealed record Line(
        IReadOnlyDictionary<string, double> Config, int? Epochs, int? Part, int? Replicate, string Outcome, double Score, IReadOnlyDictionary<string, double> Scalars, string? Reason);
}
