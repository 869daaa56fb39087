using System.Globalization;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>report.html: one self-contained page. The template engine escapes every value but the drawings, which hold numbers and escaped names.</summary>
internal static class ReportText
{
    public static string Render(EmissionModel model)
    {
        ResourceEstimate e = model.Estimate;
        Budget budget = model.Request.Budget;
        return model.Renderer.Render("report.html", model.Values(
            ("title", model.Card.Name),
            ("figures", Rows(
                ("Multiply-accumulates", Number(e.Macs), Limit(budget.Macs)),
                ("RAM of the emitted C: static", Number(e.RamC), ""),
                ("RAM of the emitted C: static + stack", Number(e.RamC + e.RamCStack), Limit(budget.Ram)),
                ("Flash of the emitted C", Number(e.FlashC), Limit(budget.Flash)),
                ("Arena with TensorFlow Lite Micro", Number(e.RamTflm), ""),
                ("Flash with TensorFlow Lite Micro", Number(e.FlashTflm), ""),
                ("Constants", Number(e.ConstantBytes), ""))),
            ("core", model.Request.Core),
            ("hasMetrics", model.Card.Metrics.Count > 0),
            ("metrics", Rows([.. model.Card.Metrics.Select(m => (m.Key, Score(m.Value), ""))])),
            ("operators", Operators(model)),
            ("memoryMap", MemoryMapDrawing.Draw(model.Graph, model.Plan)),
            ("hasTrace", !model.Card.Trace.IsEmpty),
            ("trace", model.Card.Trace.Select((t, i) => new Dictionary<string, object?>
            {
                ["index"] = Number(i + 1),
                ["configuration"] = t.Configuration,
                ["outcome"] = t.Outcome,
                ["score"] = t.Outcome == "Completed" ? Score(t.Score) : "",
                ["figures"] = string.Join(", ", t.Scalars.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.####}"))),
                ["reason"] = t.Reason ?? "",
            }).ToArray()),
            ("scatterRam", SearchDrawing.Draw(model.Card.Trace, "ram", "bytes of RAM")),
            ("scatterMacs", SearchDrawing.Draw(model.Card.Trace, "macs", "multiply-accumulates")),
            ("hasConfusion", !model.Card.Confusion.IsEmpty),
            ("confusionHead", model.Card.Confusion.Select((_, i) => Label(model.Card, i)).ToArray()),
            ("confusion", model.Card.Confusion.Select((row, i) => new Dictionary<string, object?>
            {
                ["label"] = Label(model.Card, i),
                ["cells"] = row.Select((count, j) => new Dictionary<string, object?>
                {
                    ["count"] = Number(count),
                    ["kind"] = i == j ? "right" : count > 0 ? "wrong" : "none",
                }).ToArray(),
            }).ToArray())));
    }

    private static Dictionary<string, object?>[] Operators(EmissionModel model) =>
    [
        .. model.Graph.Operators.Select((o, i) => new Dictionary<string, object?>
        {
            ["index"] = Number(i),
            ["kind"] = o.Code.Name(),
            ["output"] = model.Graph.Tensors[o.Outputs[0]].Name,
            ["shape"] = string.Join('×', model.Graph.Tensors[o.Outputs[0]].Shape.Select(d => Number(d))),
            ["macs"] = Number(MacCounter.Of(model.Graph, o)),
        }),
    ];

    private static Dictionary<string, object?>[] Rows(params ReadOnlySpan<(string Name, string Value, string Limit)> rows)
    {
        var all = new List<Dictionary<string, object?>>();
        foreach (var (name, value, limit) in rows) all.Add(new() { ["name"] = name, ["value"] = value, ["limit"] = limit });
        return [.. all];
    }

    private static string Label(ModelCard card, int index) => index < card.Labels.Length ? card.Labels[index] : Number(index);

    private static string Limit(long? limit) => limit is { } most ? "of " + Number(most) : "";

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Score(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
