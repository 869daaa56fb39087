using System.Collections.Immutable;
using System.Text.Json;
using TinyNas.Deploy;

namespace TinyNas.Tool.Builds;

/// <summary>
/// A finished search as it is kept: in the cache as result.json and model.tflite, beside the project as the lock. Holds
/// no duration, date, path or core count, so the same search writes the same bytes.
/// </summary>
internal sealed record SearchResult(
    int Schema, string PackageVersion, string Key, string ModelSha256, ImmutableSortedDictionary<string, string> Inputs, ModelCard Card)
{
    public const int CurrentSchema = 1;

    /// <summary>
    /// Why no more was asked: a <see cref="TinyNas.Search.SearchEnd"/>. What a time limit ended the key alone does not reproduce; the
    /// trace, followed trial by trial, does.
    /// </summary>
    public string EndedBy { get; init; } = "";

    public static byte[] Serialise(SearchResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(result, JsonStyle.Indented), (byte)'\n'];

    /// <exception cref="JsonException">Not the JSON of a result.</exception>
    public static SearchResult Deserialise(byte[] json)
    {
        var result = JsonSerializer.Deserialize<SearchResult>(json, JsonStyle.Indented);
        return result is { Schema: CurrentSchema, Inputs: not null, Card: not null }
            ? result
            : throw new JsonException("not a TinyNas lock of a schema this version reads");
    }
}

/// <summary>A result together with the bytes of its .tflite file.</summary>
internal sealed record StoredModel(SearchResult Result, byte[] Tflite);
