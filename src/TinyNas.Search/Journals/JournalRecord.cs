using System.Collections.Immutable;
using System.Text.Json;

namespace TinyNas.Search;

/// <summary>One line of a journal: a finished trial as JSON. Numbers are written so that they read back to the same bits.</summary>
internal static class JournalRecord
{
    public static string Write(TrialResult result) => JsonSerializer.Serialize(new Line(
        new SortedDictionary<string, double>(result.Configuration.Values.ToDictionary(), StringComparer.Ordinal),
        result.Outcome.ToString(), result.Score, result.Scalars, result.Reason), JournalJson.Options);

    /// <returns>Null where the line is no whole record.</returns>
    public static TrialResult? Read(string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<Line>(text, JournalJson.Options) is not { Config: not null, Scalars: not null } line) return null;
            if (!Enum.TryParse(line.Outcome, out TrialOutcome outcome)) return null;
            return new TrialResult(
                new Configuration(line.Config.Select(v => (v.Key, v.Value))), outcome, line.Score,
                line.Scalars.ToImmutableSortedDictionary(StringComparer.Ordinal), line.Reason);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(
        IReadOnlyDictionary<string, double> Config, string Outcome, double Score, IReadOnlyDictionary<string, double> Scalars, string? Reason);
}
