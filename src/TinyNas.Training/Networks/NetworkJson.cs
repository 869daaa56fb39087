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
/// Further types: convTranspose (filters, kernel, stride, padding, bias), averagePool (window), add, multiply, concatenate, pad (border: top, left, bottom, right), upsample (window),
/// relu6, leakyRelu (slope), hardSwish, sigmoid, tanh, selu, softmax, lstm, gru and fastGrnn (units, sequence). Padding is "same", "valid" or "causal" (along the width). "inputs": [3, 5] names the layers that a layer reads, from 0, -1 being the
/// network's input; without it a layer reads the one before. Everything but type, filters, kernel, window, border, rate and units may be left out.
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
            return new Network(new Shape(input[0], input[1], input[2]), [.. root.GetProperty("layers").EnumerateArray().Select(ReadLinked)]);
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    private static Layer ReadLinked(JsonElement layer) => layer.TryGetProperty("inputs", out JsonElement inputs)
        ? ReadLayer(layer) with { Inputs = [.. inputs.EnumerateArray().Select(n => n.GetInt32())] }
        : ReadLayer(layer);

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
                    Padding = layer.TryGetProperty("padding", out JsonElement padding) && padding.GetString() != "causal" ? PaddingOf(padding.GetString()) : Padding.Same,
                    Causal = padding.ValueKind == JsonValueKind.String && padding.GetString() == "causal",
                    Bias = layer.TryGetProperty("bias", out JsonElement bias) && bias.GetBoolean(),
                };
            case "convTranspose":
                var (spreadHeight, spreadWidth) = Pair(layer.GetProperty("kernel"));
                var (apartHeight, apartWidth) = layer.TryGetProperty("stride", out JsonElement apart) ? Pair(apart) : (1, 1);
                return new ConvTranspose(layer.GetProperty("filters").GetInt32(), spreadHeight, spreadWidth)
                {
                    StrideHeight = apartHeight, StrideWidth = apartWidth, Bias = Flag(layer, "bias"),
                    Padding = layer.TryGetProperty("padding", out JsonElement around) ? PaddingOf(around.GetString()) : Padding.Same,
                };
            case "batchNorm":
                return new BatchNorm(Number(layer, "momentum", 0.99), Number(layer, "epsilon", 1e-3));
            case "relu": return new Relu();
            case "maxPool":
                var (height, width) = Pair(layer.GetProperty("window"));
                return new MaxPool(height, width);
            case "averagePool":
                var (meanHeight, meanWidth) = Pair(layer.GetProperty("window"));
                return new AveragePool(meanHeight, meanWidth);
            case "add": return new Add();
            case "multiply": return new Multiply();
            case "concatenate": return new Concatenate();
            case "pad":
                JsonElement border = layer.GetProperty("border");
                return new Pad(border[0].GetInt32(), border[1].GetInt32(), border[2].GetInt32(), border[3].GetInt32());
            case "upsample":
                var (timesHeight, timesWidth) = Pair(layer.GetProperty("window"));
                return new Upsample(timesHeight, timesWidth);
            case "relu6": return new Relu6();
            case "leakyRelu": return new LeakyRelu(Number(layer, "slope", 0.01));
            case "hardSwish": return new HardSwish();
            case "sigmoid": return new Sigmoid();
            case "tanh": return new Tanh();
            case "lstm": return new Lstm(layer.GetProperty("units").GetInt32()) { Sequence = Flag(layer, "sequence") };
            case "gru": return new Gru(layer.GetProperty("units").GetInt32()) { Sequence = Flag(layer, "sequence") };
            case "fastGrnn": return new FastGrnn(layer.GetProperty("units").GetInt32()) { Sequence = Flag(layer, "sequence") };
            case "selu": return new Selu();
            case "softmax": return new Softmax();
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

    private static bool Flag(JsonElement layer, string name) => layer.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    private static Padding PaddingOf(string? name) => name switch
    {
        "same" => Padding.Same,
        "valid" => Padding.Valid,
        _ => throw new JsonException($"Padding is \"same\", \"valid\" or \"causal\", not '{name}'."),
    };
}
