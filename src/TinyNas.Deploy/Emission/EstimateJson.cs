using System.Text.Json;
using System.Text.Json.Nodes;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>The resource figures under the names that <c>inspect --json</c> and the manifest share.</summary>
public static class EstimateJson
{
    internal static readonly JsonSerializerOptions Style = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static JsonObject Of(ResourceEstimate estimate) => new()
    {
        ["macs"] = estimate.Macs,
        ["constantBytes"] = estimate.ConstantBytes,
        ["ram"] = new JsonObject { ["c"] = estimate.RamC, ["cStack"] = estimate.RamCStack, ["tflm"] = estimate.RamTflm },
        ["flash"] = new JsonObject { ["c"] = estimate.FlashC, ["tflm"] = estimate.FlashTflm },
    };
}
