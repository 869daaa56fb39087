using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// A network as people write it:
/// <code>
/// {"input": [50, 50, 3], "layers": [
///   {"type": "conv", "filters": 8, "kernel": [3, 3], "stride": [1, 1], "dilation": [1, 1], "groups": 1, "padding": "same", "bias": false},
///   {"type": "batchNorm", "momentum": 0.99, "epsilon": 0.001}, {"type": "relu"}, {"type": "maxPool", "window": [2, 2]},
///   {"type": "globalAveragePool"}, {"type": "dropout", "rate": 0.5}, {"type": "dense", "units": 2, "bias": true}]}
/// </code>
/// Everything but type, filters, kernel, window, rate and units may be left out.
/// </summary>
public static class NetworkJson
{
    /// <exception cref="JsonException">The text is no such network.</exception>
    public static Network Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        try
        {
            JsonElement root = document.RootElement;
            int[] input = [.. root.GetProperty("input").EnumerateArray().Select(n => n.GetInt32())];
            if (input.Length != 3) throw new JsonException("'input' is [height, width, channels].");
            return new Network(new Shape(input[0], input[1], input[2]), [.. root.GetProperty("layers").EnumerateArray().Select(ReadLayer)]);
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    private static Layer ReadLayer(JsonElement layer)
    {
        string type = layer.GetProperty("type").GetString() ?? "";
        switch (type)
        {
            case "conv":
                var (kernelHeight, kernelWidth) = Pair(layer.GetProperty("kernel"));
                var (strideHeight, strideWidth) = layer.TryGetProperty("stride", out JsonElement stride) ? Pair(stride) : (1, 1);
                var (dilationHeight, dilationWidth) = layer.TryGetProperty("dilation", out JsonElement dilation) ? Pair(dilation) : (1, 1);
                return new Conv(layer.GetProperty("filters").GetInt32(), kernelHeight, kernelWidth)
                {
                    StrideHeight = strideHeight, StrideWidth = strideWidth, DilationHeight = dilationHeight, DilationWidth = dilationWidth,
                    Groups = layer.TryGetProperty("groups", out JsonElement groups) ? groups.GetInt32() : 1,
                    Padding = layer.TryGetProperty("padding", out JsonElement padding) ? PaddingOf(padding.GetString()) : Padding.Same,
                    Bias = layer.TryGetProperty("bias", out JsonElement bias) && bias.GetBoolean(),
                };
            case "batchNorm":
                return new BatchNorm(Number(layer, "momentum", 0.99), Number(layer, "epsilon", 1e-3));
            case "relu": return new Relu();
            case "maxPool":
                var (height, width) = Pair(layer.GetProperty("window"));
                return new MaxPool(height, width);
            case "globalAveragePool": return new GlobalAveragePool();
            case "dropout": return new Dropout(layer.GetProperty("rate").GetDouble());
            case "dense":
                return new Dense(layer.GetProperty("units").GetInt32())
                {
                    Bias = !layer.TryGetProperty("bias", out JsonElement withBias) || withBias.GetBoolean(),
                };
            default: throw new JsonException($"No layer is called '{type}'.");
        }
    }

    private static (int, int) Pair(JsonElement pair) => (pair[0].GetInt32(), pair[1].GetInt32());

    private static double Number(JsonElement layer, string name, double otherwise) =>
        layer.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;

    private static Padding PaddingOf(string? name) => name switch
    {
        "same" => Padding.Same,
        "valid" => Padding.Valid,
        _ => throw new JsonException($"Padding is \"same\" or \"valid\", not '{name}'."),
    };
}
