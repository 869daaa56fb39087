using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// report.html: one self-contained page, readable without scripts and without a network. The template engine escapes every
/// value but the drawings, whose texts <see cref="Chart"/> escapes.
/// </summary>
internal static class ReportText
{
    public static string Render(EmissionModel model)
    {
        var trials = new Trials(model);
        Budget budget = model.Request.Budget;
        // What a RAM budget binds, as BudgetCheck and the search count it.
        bool c = model.Request.Runtimes.Contains(RuntimeKind.C);
        string[] ram = c ? ["ram", "ramStack"] : ["ramTflm"], flash = c ? ["flash"] : ["flashTflm"];
        return model.Renderer.Render("report.html", model.Values(
            ("title", model.Card.Name),
            ("lead", Lead(model)),
            ("needs", Needs(model)),
            ("core", model.Request.Core),
            ("constants", ReportFormat.Number(model.Estimate.ConstantBytes)),
            ("hasMetrics", model.Card.Metrics.Count > 0),
            ("metrics", MetricNames.Of(model.Card).Select(m => Row(("name", m.Name), ("value", ReportFormat.Score(m.Value)))).ToArray()),
            ("hasConfusion", !model.Card.Confusion.IsEmpty),
            ("confusionHead", model.Card.Confusion.Select((_, i) => ReportFormat.Label(model.Card, i)).ToArray()),
            ("confusion", Confusion(model.Card)),
            ("layers", Layers(model)),
            ("hasNoise", !model.Card.Noise.IsEmpty),
            ("memoryMap", MemoryMapDrawing.Draw(model.Graph, model.Plan)),
            ("peak", Peak(model)),
            ("hasTrace", !trials.All.IsEmpty),
            ("counts", Counts(trials)),
            ("searchChart", TraceDrawing.Draw(trials)),
            ("charts", Charts(
                ("RAM, bytes", ScatterDrawing.Draw(trials, "bytes of RAM", budget.Ram, ram)),
                ("flash, bytes", ScatterDrawing.Draw(trials, "bytes of flash", budget.Flash, flash)),
                ("multiply-accumulates", ScatterDrawing.Draw(trials, "MACs", budget.Macs, "macs")))),
            ("trace", Trace(trials))));
    }

    private static string Lead(EmissionModel model)
    {
        string input = ReportFormat.Shape(model.Graph, model.Graph.Inputs[0]), output = ReportFormat.Shape(model.Graph, model.Graph.Outputs[0]);
        string task = model.Card.Task == "None" ? "A model that was brought along" : model.Card.Task;
        string score = MetricNames.Headline(model.Card) is { } headline
            ? string.Create(CultureInfo.InvariantCulture, $" {headline.Name}: {ReportFormat.Percent(headline.Value, 1)} %.") : "";
        return $"{task}: {input} in, {output} out.{score}";
    }

    private static Dictionary<string, object?>[] Needs(EmissionModel model) =>
    [
        .. Need.Of(model).Select(n => Row(
            ("name", n.Name),
            ("value", ReportFormat.Number(n.Value)),
            ("unit", n.Unit),
            ("limited", n.Limit is not null),
            ("limit", n.Limit is { } most ? ReportFormat.Number(most) : ""),
            ("percent", n.Limit is { } whole ? ReportFormat.Percent(n.Value, whole) : ""))),
    ];

    private static Dictionary<string, object?>[] Layers(EmissionModel model)
    {
        var layers = LayerFigures.Of(model.Graph, model.Plan);
        long constants = layers.Sum(l => l.ConstantBytes);
        var noise = model.Card.Noise.ToDictionary(n => n.Tensor, n => n.Decibels);
        string NoiseOf(int op) => noise.TryGetValue(model.Graph.Tensors[model.Graph.Operators[op].Outputs[0]].Name, out double decibels)
            ? decibels.ToString("0.0", CultureInfo.InvariantCulture) : "";
        return
        [
            .. layers.Select(l => Row(
                ("index", ReportFormat.Number(l.Index)), ("step", ReportFormat.Number(l.Step)), ("kind", l.Kind), ("output", l.Output), ("shape", l.Shape),
                ("macs", ReportFormat.Number(l.Macs)), ("macsPercent", ReportFormat.Percent(l.Macs, model.Estimate.Macs)),
                ("constants", ReportFormat.Number(l.ConstantBytes)), ("constantsPercent", ReportFormat.Percent(l.ConstantBytes, constants)),
                ("bytes", l.OutputBytes > 0 ? ReportFormat.Number(l.OutputBytes) : "fused"),
                ("noise", NoiseOf(l.Index)))),
        ];
    }

    private static Dictionary<string, object?>[] Confusion(ModelCard card) =>
    [
        .. card.Confusion.Select((row, i) => Row(
            ("label", ReportFormat.Label(card, i)),
            ("recall", ReportFormat.Percent(i < row.Length ? row[i] : 0, row.Sum(n => (long)n))),
            ("cells", row.Select((count, j) => Row(
                ("count", ReportFormat.Number(count)),
                ("kind", i == j ? "right" : count > 0 ? "wrong" : "none"),
                ("share", (count == 0 ? 0 : 0.12 + 0.38 * count / row.Sum(n => (long)n)).ToString("0.##", CultureInfo.InvariantCulture)))).ToArray()))),
    ];

    private static string Peak(EmissionModel model) => model.Plan.Steps.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture,
        $"The most is alive at step {Dominating.WorstStep(model.Plan)}, {Dominating.OfRam(model.Graph, model.Plan)}: {model.Plan.LivenessBound:#,0} of {model.Plan.ArenaBytes:#,0} bytes.");

    private static string Counts(Trials trials)
    {
        int infeasible = trials.All.Count(t => t.Outcome == "Infeasible");
        return string.Create(CultureInfo.InvariantCulture,
            $"{trials.All.Length} networks proposed, {trials.Completed.Length} trained, {infeasible} did not fit, {trials.All.Length - trials.Completed.Length - infeasible} failed.");
    }

    private static Dictionary<string, object?>[] Charts(params ReadOnlySpan<(string Axis, string Drawing)> charts)
    {
        var drawn = new List<Dictionary<string, object?>>();
        foreach (var (axis, drawing) in charts)
            if (drawing.Length > 0) drawn.Add(Row(("axis", axis), ("drawing", drawing)));
        return [.. drawn];
    }

    private static Dictionary<string, object?>[] Trace(Trials trials) =>
    [
        .. trials.All.Select((t, i) => Row(
            ("index", ReportFormat.Number(i + 1)),
            ("configuration", t.Configuration),
            ("chosen", i == trials.Winner),
            ("outcome", t.Outcome),
            ("score", t.Outcome == "Completed" ? ReportFormat.Score(t.Score) : ""),
            ("figures", string.Join(", ", t.Scalars.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.####}")))),
            ("reason", t.Reason ?? ""))),
    ];

    private static Dictionary<string, object?> Row(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var row = new Dictionary<string, object?>();
        foreach (var (name, value) in values) row[name] = value;
        return row;
    }
}
