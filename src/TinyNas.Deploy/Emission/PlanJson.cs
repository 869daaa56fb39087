using System.Text.Json.Nodes;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>A plan as JSON: steps with their operators, tensors with offset, size and lifetime.</summary>
public static class PlanJson
{
    public static JsonObject Of(Graph graph, ExecutionPlan plan) => new()
    {
        ["arenaBytes"] = plan.ArenaBytes,
        ["livenessBound"] = plan.LivenessBound,
        ["orderBound"] = plan.OrderBound,
        ["repeatedMacs"] = plan.RepeatedMacs,
        ["steps"] = new JsonArray([.. plan.Steps.Select(s => (JsonNode)new JsonObject
        {
            ["operators"] = new JsonArray([.. s.AllOperators.Select(o => (JsonNode?)o)]),
            ["kinds"] = new JsonArray([.. s.AllOperators.Select(o => (JsonNode?)graph.Operators[o].Code.Name())]),
            ["scratchBytes"] = s.ScratchBytes,
            ["bandRows"] = s.BandRows,
            ["strips"] = s.Strips,
        })]),
        ["tensors"] = new JsonArray([.. plan.Tensors.Select(t => (JsonNode)new JsonObject
        {
            ["tensor"] = t.Tensor,
            ["name"] = graph.Tensors[t.Tensor].Name,
            ["offset"] = t.Offset,
            ["bytes"] = t.Bytes,
            ["first"] = t.First,
            ["last"] = t.Last,
        })]),
    };
}
