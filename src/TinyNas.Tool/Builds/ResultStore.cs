using System.Text.Json;
using TinyNas.Model;

namespace TinyNas.Tool.Builds;

/// <summary>Two files that hold a result: a .json and a .tflite. Written beside and renamed, so that a reader never sees half of one.</summary>
internal sealed class ResultStore(string jsonPath, string tflitePath)
{
    /// <summary>The committed lock beside the project file.</summary>
    public static ResultStore Lock(string folder, string model) =>
        new(Path.Combine(folder, model + ".lock.json"), Path.Combine(folder, model + ".tflite"));

    /// <summary>What a search left in the cache, under its key.</summary>
    public static ResultStore Cached(string folder) => new(Path.Combine(folder, "result.json"), Path.Combine(folder, "model.tflite"));

    public string JsonPath => jsonPath;

    public string TflitePath => tflitePath;

    public bool Exists => File.Exists(jsonPath);

    /// <summary>Only the .json is here: enough to make the .tflite again, not to be a result.</summary>
    public bool LacksModel => Exists && !File.Exists(tflitePath);

    /// <summary>What the .json says, whether or not the .tflite is there; null where there is none.</summary>
    /// <exception cref="TinyNasException">TNAS0212: damaged.</exception>
    public SearchResult? ReadResult()
    {
        if (!Exists) return null;
        try
        {
            return SearchResult.Deserialise(File.ReadAllBytes(jsonPath));
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new TinyNasException(DiagnosticCatalogue.LockDamaged, jsonPath, problem.Message);
        }
    }

    /// <summary>Null where there is none.</summary>
    /// <exception cref="TinyNasException">TNAS0212: damaged, or the two files do not belong together.</exception>
    public StoredModel? Read()
    {
        if (ReadResult() is not { } result) return null;
        try
        {
            byte[] tflite = File.ReadAllBytes(tflitePath);
            return Fingerprint.Hash(tflite) == result.ModelSha256
                ? new StoredModel(result, tflite)
                : throw new TinyNasException(DiagnosticCatalogue.LockDamaged, jsonPath, $"{Path.GetFileName(tflitePath)} is not the file it was written with");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TinyNasException(DiagnosticCatalogue.LockDamaged, jsonPath, problem.Message);
        }
    }

    public void Write(StoredModel model)
    {
        var files = new StagedFiles();
        files.Add(tflitePath, model.Tflite);
        files.Add(jsonPath, SearchResult.Serialise(model.Result));
        files.Commit();
    }
}
