using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

/// <summary>A model of the reference material with the exact results of the reference kernels.</summary>
internal sealed record GoldenModel(string Name, Graph Graph, JsonElement Entry)
{
    public static GoldenModel Load(string name)
    {
        string folder = Repository.Shared("golden");
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "index.json")));
        JsonElement entry = index.RootElement.GetProperty("models").GetProperty(name).Clone();
        return new GoldenModel(name, TfliteReader.Read(File.ReadAllBytes(Path.Combine(folder, name, "model.tflite")), name), entry);
    }

    public IEnumerable<GoldenCase> Cases => Entry.GetProperty("cases").EnumerateArray().Select(c => new GoldenCase(c));
}

internal sealed record GoldenCase(JsonElement Entry)
{
    public byte[] Input => Read(Entry.GetProperty("in").GetString()!);

    public byte[] Output => Read(Entry.GetProperty("out").GetString()!);

    /// <summary>The output where all cases run one after the other without a reset.</summary>
    public byte[] OutputInSequence => Entry.TryGetProperty("seq_out", out JsonElement file) ? Read(file.GetString()!) : Output;

    /// <summary>The logits before a softmax that may saturate: tensor index and bytes.</summary>
    public (int Tensor, byte[] Bytes)? BeforeSoftmax => Entry.TryGetProperty("presoftmax", out JsonElement e) && e.ValueKind == JsonValueKind.Object
        ? (e.GetProperty("tensor").GetInt32(), Read(e.GetProperty("file").GetString()!))
        : null;

    /// <summary>Tensor index, length and CRC-32 of every intermediate tensor.</summary>
    public IEnumerable<(int Tensor, int Bytes, string Crc)> Taps => Entry.GetProperty("taps").EnumerateObject()
        .Select(t => (int.Parse(t.Name, System.Globalization.CultureInfo.InvariantCulture), t.Value[0].GetInt32(), t.Value[1].GetString()!));

    private static byte[] Read(string file) => File.ReadAllBytes(Repository.Shared("golden/" + file));
}
