using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace TinyNas.Search;

/// <summary>
/// The finished trials of one search in an append-only file: a header line with the search's key, then one line per
/// trial in the order of finishing, each flushed. A search that starts again with the same key takes the results from here.
/// A last line cut short is dropped; a journal of another key is begun anew, since its results answer other questions.
/// Safe to use from several threads.
/// </summary>
public sealed class TrialJournal : IDisposable
{
    private const int Format = 1;

    private readonly Lock gate = new();
    private readonly Dictionary<Configuration, TrialResult> finished = [];
    private readonly FileStream file;

    /// <summary>What was mended or dropped on opening; null: nothing.</summary>
    public string? Warning { get; private set; }

    /// <summary>Finished trials found on opening.</summary>
    public int Recovered { get; }

    private TrialJournal(FileStream file, string key)
    {
        this.file = file;
        Load(key);
        Recovered = finished.Count;
    }

    /// <summary>Opens or creates <paramref name="path"/>; no other process may use it meanwhile.</summary>
    public static TrialJournal Open(string path, string key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new TrialJournal(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read), key);
    }

    public bool TryGet(Configuration configuration, [NotNullWhen(true)] out TrialResult? result)
    {
        lock (gate) return finished.TryGetValue(configuration, out result);
    }

    public void Append(TrialResult result)
    {
        lock (gate)
        {
            if (finished.TryAdd(result.Configuration, result)) AppendLine(JournalRecord.Write(result));
        }
    }

    public void Dispose() => file.Dispose();

    private void Load(string key)
    {
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        string header = JsonSerializer.Serialize(new Header(Format, key), JournalJson.Options);

        int sound = 0;
        for (int end; (end = Array.IndexOf(content, (byte)'\n', sound)) >= 0; sound = end + 1)
        {
            string line = Encoding.UTF8.GetString(content, sound, end - sound);
            if (sound == 0)
            {
                if (line == header) continue;
                Warning = "the journal belongs to another search and was begun anew";
                break;
            }
            if (JournalRecord.Read(line) is not { } result) break;
            finished.TryAdd(result.Configuration, result);
        }
        if (sound < content.Length) Warning ??= $"the journal was damaged after {finished.Count} trials; what followed was dropped";
        file.SetLength(sound);
        file.Position = sound;
        if (sound == 0) AppendLine(header);
    }

    private void AppendLine(string line)
    {
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush();
    }

    private sealed record Header(int Journal, string Key);
}
