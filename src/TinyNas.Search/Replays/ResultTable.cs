using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>
/// Tabulated results of a space: <c>{"space": "nanonas", "input": [50,50,3], "classes": 2, "results": [{"config": {"k":1,"c":0}, "score": 0.518}, …]}</c>.
/// A configuration that is not listed is infeasible. Instead of a score an entry may have <c>"curves": [[0.31, 0.42, …], …]</c>: for each seed of
/// the training the score after every epoch, of which strategies that cut trainings short see as much as they ask for.
/// </summary>
public sealed class ResultTable : ITrialEvaluator
{
    private readonly Dictionary<Configuration, double[][]> curves = [];

    private ResultTable(ISearchSpace space) => Space = space;

    public ISearchSpace Space { get; }

    /// <summary>Epochs of a full training; 1 where the table has scores alone.</summary>
    public int Epochs { get; private set; } = 1;

    /// <summary>The first of the epochs is the least that is worth asking for; without curves nothing can be cut short.</summary>
    public FidelityLadder Ladder => FidelityLadder.Of(Epochs, Epochs == 1 ? 0 : FidelityLadder.FewestSamples);

    /// <summary>Mean over the seeds of the score after the last epoch.</summary>
    public double Mean(Configuration configuration) => curves[configuration].Average(c => c[^1]);

    public IEnumerable<Configuration> Configurations => curves.Keys;

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
                if (entry.Config is null || Curves(entry) is not { } curves) throw new JsonException("a result lacks 'config' or 'score'");
                var configuration = new Configuration(entry.Config.Select(v => (v.Key, v.Value)));
                if (table.curves.Count > 0 && curves.Any(c => c.Length != table.Epochs)) throw new JsonException($"the curves of '{configuration}' are of another length");
                table.Epochs = curves[0].Length;
                if (!table.curves.TryAdd(configuration, curves)) throw new JsonException($"'{configuration}' is listed twice");
            }
            return table;
        }
        catch (JsonException problem)
        {
            throw new TinyNasException(DiagnosticCatalogue.TableUnreadable, name, problem.Message.TrimEnd('.'));
        }
    }

    public bool Fits(Configuration configuration) => curves.ContainsKey(configuration);

    public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation) =>
        curves.TryGetValue(proposal.Configuration, out double[][]? known)
            ? new TrialResult(proposal, TrialOutcome.Completed, known[proposal.Replicate % known.Length][(proposal.Fidelity.Epochs ?? Epochs) - 1], TrialResult.NoScalars)
            : TrialResult.Infeasible(proposal, "not in the table");

    private static double[][]? Curves(Entry entry) =>
        entry.Score is { } score ? [[score]] : entry.Curves is [_, ..] && entry.Curves.All(c => c is [_, ..]) ? entry.Curves : null;

    private sealed record Document(string? Space, IReadOnlyList<Entry>? Results);

    private sealed record Entry(IReadOnlyDictionary<string, double>? Config, double? Score, double[][]? Curves);
}
