namespace TinyNas.Build.Tests;

/// <summary>The finished trials of a consumer's search, also while it runs.</summary>
internal static class Journal
{
    /// <summary>Whole lines without the header; none where there is no journal yet.</summary>
    public static string[] Trials(string cache)
    {
        string? journal = Directory.Exists(cache) ? Directory.EnumerateFiles(cache, "trials.journal", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (journal is null) return [];
        using var stream = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return [.. new StreamReader(stream).ReadToEnd().Split('\n').Skip(1).SkipLast(1)];
    }
}
