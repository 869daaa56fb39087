using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>n.manifest.json: what the other files hold, for programs.</summary>
internal static class Manifest
{
    private static readonly JsonSerializerOptions Style = new() { WriteIndented = true, NewLine = "\n" };

    public static string Render(EmissionModel model, IEnumerable<EmittedFile> files)
    {
        Graph graph = model.Graph;
        ResourceEstimate estimate = model.Estimate;
        Budget budget = model.Request.Budget;
        var root = new JsonObject
        {
            ["name"] = model.Card.Name,
            ["files"] = model.Names.Snake,
            ["task"] = model.Card.Task,
            ["core"] = model.Request.Core,
            ["budget"] = new JsonObject { ["ram"] = budget.Ram, ["flash"] = budget.Flash, ["macs"] = budget.Macs, ["latency"] = budget.Latency },
            ["estimate"] = EstimateJson.Of(estimate),
            ["inputs"] = Array(graph.Inputs.Select(i => Tensor(graph.Tensors[i]))),
            ["outputs"] = Array(graph.Outputs.Select(i => Tensor(graph.Tensors[i]))),
            ["encoding"] = model.Card.Input is { } encoding ? JsonSerializer.SerializeToNode(encoding, EstimateJson.Style) : null,
            ["labels"] = Array(model.Card.Labels.Select(l => (JsonNode?)l)),
            ["metrics"] = new JsonObject(model.Card.Metrics.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
            ["confusion"] = Array(model.Card.Confusion.Select(row => (JsonNode?)Array(row.Select(n => (JsonNode?)n)))),
            ["plan"] = PlanJson.Of(graph, model.Plan),
            ["sha256"] = new JsonObject(files.Select(f =>
                KeyValuePair.Create(f.Name, (JsonNode?)Convert.ToHexStringLower(SHA256.HashData(f.Content.Span))))),
        };
        return root.ToJsonString(Style) + "\n";
    }

    private static JsonNode Tensor(Tensor tensor) => new JsonObject
    {
        ["name"] = tensor.Name,
        ["type"] = tensor.Type.ToString(),
        ["shape"] = Array(tensor.Shape.Select(d => (JsonNode?)d)),
        ["scale"] = tensor.Quantization is { IsPerTensor: true } q ? q.Scale : null,
        ["zeroPoint"] = tensor.Quantization is { IsPerTensor: true } z ? z.ZeroPoint : null,
    };

    private static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];
}
