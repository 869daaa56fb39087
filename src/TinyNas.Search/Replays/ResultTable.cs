using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Tabulated results of a space: <c>{"space": "nanonas", "input": [50,50,3], "classes": 2, "results": [{"config": {"k":1,"c":0}, "score": 0.518}, …]}</c>.
/// A configuration that is not listed is infeasible.
/// </summary>
public sealed class ResultTable : ITrialEvaluator
{
    private readonly Dictionary<Configuration, double> scores = [];

    private ResultTable(ISearchSpace space) => Space = space;

    public ISearchSpace Space { get; }

    /// <summary>Reads a table. <paramref name="name"/> is what messages call the file.</summary>
    /// <exception cref="TinyNasException">TNAS0203: not a table of this form; TNAS0002: an unknown space.</exception>
    public static ResultTable Parse(string json, string name)
    {
        try
        {
            Document document = JsonSerializer.Deserialize<Document>(json, JournalJson.Options)
                ?? throw new JsonException("the file holds no object");
            if (document.Space is null || document.Results is null) throw new JsonException("'space' or 'results' is missing");
            var table = new ResultTable(SpaceRegistry.Find(document.Space));
            foreach (Entry entry in document.Results)
            {
                if (entry.Config is null || entry.Score is null) throw new JsonException("a result lacks 'config' or 'score'");
                var configuration = new Configuration(entry.Config.Select(v => (v.Key, v.Value)));
                if (!table.scores.TryAdd(configuration, entry.Score.Value)) throw new JsonException($"'{configuration}' is listed twice");
            }
            return table;
        }
        catch (JsonException problem)
        {
            throw new TinyNasException(DiagnosticCatalogue.TableUnreadable, name, problem.Message.TrimEnd('.'));
        }
    }

    public bool Fits(Configuration configuration) => scores.ContainsKey(configuration);

    public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation) =>
        scores.TryGetValue(proposal.Configuration, out double score)
            ? new TrialResult(proposal, TrialOutcome.Completed, score, TrialResult.NoScalars)
            : TrialResult.Infeasible(proposal, "not in the table");

    private sealed record Document(string? Space, IReadOnlyList<Entry>? Results);

    private sealed record Entry(IReadOnlyDictionary<string, double>? Config, double? Score);
}
