using System.Globalization;
using TinyNas.Tool;

namespace TinyNas.Training.TorchSharp.Benchmarks;

/// <summary>The command line, and the six networks that training is measured with everywhere in this repository.</summary>
internal sealed class Options(string[] args)
{
    public int Batch => Number("--batch", 32);

    public string Device => Text("--device") ?? "cpu";

    public IEnumerable<(string Name, Network Network, LossKind Loss)> Networks =>
        from name in new[] { "nanonas:3,2", "nanonas:8,3", "dscnn-kws", "mobilenet-0.25-96", "tcn-har", "autoencoder-640" }
        where Text("--net") is not { } wanted || wanted == name
        let parsed = BenchNetworks.Parse(name)
        select (name, parsed.Network, parsed.Loss);

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
}
