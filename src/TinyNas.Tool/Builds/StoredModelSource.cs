using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Tool.Requests;

namespace TinyNas.Tool.Builds;

/// <summary>
/// Finds the result a request stands for without searching: in the cache under its key, else in the lock beside the
/// project. Knows what each mode makes of a lock that does not match.
/// </summary>
internal sealed class StoredModelSource(ModelRequest request, DiagnosticPrinter diagnostics)
{
    private readonly ResultStore locked = ResultStore.Lock(request.File.LockFolder, request.File.Model);

    public ResultStore Lock => locked;

    public ResultStore Cache(string key) => ResultStore.Cached(CacheFolder(key));

    public string CacheFolder(string key) => Path.Combine(request.File.CacheFolder, key[..16]);

    /// <summary>The stored result of these inputs, or null where a search has to find it.</summary>
    /// <exception cref="TinyNasException">Frozen, and there is no lock or it was made for other inputs.</exception>
    public StoredModel? Find(ImmutableSortedDictionary<string, string> inputs)
    {
        string key = Fingerprint.Key(inputs);
        // A lock without its .tflite (large files may not be committed) can be made whole where searching is allowed.
        StoredModel? fromLock = request.Mode == BuildMode.Search && locked.LacksModel ? null : locked.Read();
        if (fromLock?.Result.Key == key)
        {
            WarnOfOtherVersion(fromLock);
            return fromLock;
        }
        if (request.Mode == BuildMode.Frozen)
            throw fromLock is null
                ? new TinyNasException(DiagnosticCatalogue.LockMissing, locked.JsonPath, request.Mode)
                : new TinyNasException(DiagnosticCatalogue.LockStale, locked.JsonPath, Differences(fromLock.Result.Inputs, inputs));
        return ReadCache(key);
    }

    /// <summary>The trials that a search of this key has to follow; default where the key alone says how the search goes.</summary>
    public ImmutableArray<string> ToFollow(string key) =>
        locked.ReadResult() is { } known && known.Key == key && known.EndedBy == nameof(SearchEnd.TimeLimit)
            ? [.. known.Card.Trace.Select(t => t.Configuration)] : default;

    /// <summary>For Off: the lock as it is, whatever the inputs are now.</summary>
    public StoredModel? FindAny() => locked.Read();

    /// <summary>What a search left under this key, or null.</summary>
    public StoredModel? ReadCache(string key)
    {
        try
        {
            return Cache(key).Read();
        }
        catch (TinyNasException)
        {
            return null; // a damaged cache entry is made anew
        }
    }

    private void WarnOfOtherVersion(StoredModel model)
    {
        if (model.Result.PackageVersion != request.File.PackageVersion)
            diagnostics.Warn(DiagnosticCatalogue.LockOfOtherVersion, locked.JsonPath, model.Result.PackageVersion, request.File.PackageVersion);
    }

    private static string Differences(ImmutableSortedDictionary<string, string> then, ImmutableSortedDictionary<string, string> now)
    {
        static string Show(string? value) => string.IsNullOrEmpty(value) ? "(default)" : value.Length == 64 ? value[..12] : value;
        return string.Join(", ", then.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(name => then.GetValueOrDefault(name, "") != now.GetValueOrDefault(name, ""))
            .Select(name => $"{name} was {Show(then.GetValueOrDefault(name))}, is {Show(now.GetValueOrDefault(name))}"));
    }
}
