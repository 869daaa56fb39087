using System.Collections.Immutable;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>Models with everything a report can show.</summary>
internal static class ReportSamples
{
    public const string Hostile = "<script>alert(\"x\")</script>&'*/ */|`@all`[a](http://b)";

    public static ModelCard Card(int classes = 2) => new("Net")
    {
        Task = "Classify",
        Labels = [.. Enumerable.Range(0, classes).Select(i => $"class {i}")],
        Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("accuracyInt8", 0.75).Add("ownFigure", 3),
        Confusion = [.. Enumerable.Range(0, classes).Select(i => Enumerable.Range(0, classes).Select(j => i == j ? 90 : (i + j) % 3).ToImmutableArray())],
        Trace =
        [
            Trial("(1,0)", 0.5, 1000, 200), Trial("(3,2)", 0.75, 5000, 900), Trial("(4,2)", 0.7, 7000, 1100),
            new("(9,2)", "Infeasible", double.NegativeInfinity, ImmutableSortedDictionary<string, double>.Empty, "RAM"),
        ],
    };

    public static TraceEntry Trial(string configuration, double score, double macs, double ram) => new(configuration, "Completed", score,
        ImmutableSortedDictionary<string, double>.Empty.Add("macs", macs).Add("ram", ram).Add("ramStack", 100));

    /// <summary>Names and labels of a user who means harm, everywhere a user's text can stand.</summary>
    public static (Graph Graph, ModelCard Card) OfHostileNames()
    {
        Graph graph = Networks.NanoNas(3, 2, 20);
        ModelCard card = Card();
        return (graph with { Tensors = [.. graph.Tensors.Select(t => t with { Name = Hostile })] }, card with
        {
            Labels = [Hostile, Hostile],
            Metrics = card.Metrics.Add(Hostile, 1),
            Trace = [.. card.Trace, Trial(Hostile, 0.9, 1, 1), new(Hostile, "Failed", 0, ImmutableSortedDictionary<string, double>.Empty, Hostile)],
        });
    }

    public static string File(string name, Graph graph, ModelCard card, Budget? budget = null, params ReadOnlySpan<RuntimeKind> runtimes)
    {
        var request = new EmissionRequest(graph, card, budget ?? Budget.Unlimited);
        if (!runtimes.IsEmpty) request = request with { Runtimes = [.. runtimes] };
        return Encoding.UTF8.GetString(FirmwareEmitter.Emit(request).Single(f => f.Name == name).Content.Span);
    }
}
