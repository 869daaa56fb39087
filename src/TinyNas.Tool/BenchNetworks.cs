using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Tool;

/// <summary>The networks that <c>tinynas bench train</c> knows by name.</summary>
internal static class BenchNetworks
{
    private const string Setting = "--net";

    /// <exception cref="TinyNasException">TNAS0002: no such network.</exception>
    public static (Network Network, LossKind Loss) Parse(string name) => name switch
    {
        "tcn-har" => (TemporalConvolution(), LossKind.SoftmaxCrossEntropy),
        "dscnn-kws" => (DepthwiseSeparable(), LossKind.SoftmaxCrossEntropy),
        "mobilenet-0.25-96" => (MobileNet(), LossKind.SoftmaxCrossEntropy),
        "autoencoder-640" => (Autoencoder(), LossKind.Reconstruction),
        _ when name.StartsWith("nanonas:", StringComparison.Ordinal) => (NanoNas(name), LossKind.SoftmaxCrossEntropy),
        _ when name.EndsWith(".json", StringComparison.Ordinal) => (FromFile(name), LossKind.SoftmaxCrossEntropy),
        _ => throw Malformed(name, "no such network"),
    };

    private static Network NanoNas(string name)
    {
        string[] numbers = name["nanonas:".Length..].Split(',');
        if (numbers.Length != 2
            || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int k)
            || !int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int c))
            throw Malformed(name, "write nanonas:K,C");
        return new NanoNasSpace().Build(NanoNasSpace.At(k, c), new Shape(50, 50, 3), 2) ?? throw Malformed(name, "the space has no such network for 50x50x3");
    }

    /// <summary>Temporal convolutions with dilation 1, 2, 4, 8 over windows of 128 steps and 9 channels.</summary>
    private static Network TemporalConvolution() => new(new Shape(1, 128, 9),
    [
        .. new[] { 1, 2, 4, 8 }.SelectMany(dilation => Normalised(new Conv(16, 1, 3) { DilationWidth = dilation })),
        new GlobalAveragePool(), new Dense(6),
    ]);

    /// <summary>The keyword-spotting network of MLPerf Tiny: one convolution and four depthwise-separable blocks over 49 x 10 features.</summary>
    private static Network DepthwiseSeparable() => new(new Shape(49, 10, 1),
    [
        .. Normalised(new Conv(64, 10, 4) { StrideHeight = 2, StrideWidth = 2 }),
        .. Enumerable.Range(0, 4).SelectMany(_ => Separable(64, 64, 1)),
        new GlobalAveragePool(), new Dense(12),
    ]);

    /// <summary>MobileNet v1 with a quarter of the channels, 96 x 96 x 3, two classes.</summary>
    private static Network MobileNet()
    {
        var layers = new List<Layer>(Normalised(new Conv(8, 3, 3) { StrideHeight = 2, StrideWidth = 2 }));
        int channels = 8;
        foreach (var (filters, stride) in new[]
            {
                (16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (128, 1), (128, 1), (128, 1), (128, 1), (256, 2), (256, 1),
            })
        {
            layers.AddRange(Separable(channels, filters, stride));
            channels = filters;
        }
        return new Network(new Shape(96, 96, 3), [.. layers, new GlobalAveragePool(), new Dense(2)]);
    }

    private static Network Autoencoder() => new(new Shape(1, 1, 640),
    [
        new Dense(128), new Relu(), new Dense(8), new Relu(), new Dense(128), new Relu(), new Dense(640),
    ]);

    private static IEnumerable<Layer> Separable(int channels, int filters, int stride) =>
    [
        .. Normalised(new Conv(channels, 3, 3) { Groups = channels, StrideHeight = stride, StrideWidth = stride }),
        .. Normalised(new Conv(filters, 1, 1)),
    ];

    private static Layer[] Normalised(Conv conv) => [conv, new BatchNorm(), new Relu()];

    private static Network FromFile(string path)
    {
        try
        {
            return NetworkJson.Read(File.ReadAllText(path));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Malformed(path, problem.Message);
        }
    }

    private static TinyNasException Malformed(string value, string reason) => new(DiagnosticCatalogue.MalformedValue, Setting, value, reason);
}
