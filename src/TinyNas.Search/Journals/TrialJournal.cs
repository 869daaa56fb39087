using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TinyNas.Search;

/// <summary>
/// The finished trials of one search in an append-only file: a header line with the search's key, then one line per
/// trial in the order of finishing, each with a checksum and flushed. A search that starts again with the same key takes the results from
/// here. What stands behind a damaged line is cut off; a journal of another version or of other inputs is begun anew, since its
/// results answer other questions. Either is said in <see cref="Warning"/>. Safe to use from several threads.
/// </summary>
public sealed class TrialJournal : IDisposable
{
    private const int Format = 2;

    /// <summary>Hexadecimal digits of a line's checksum, at its beginning.</summary>
    private const int SumLength = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<Proposal, TrialResult> finished = [];
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

    /// <summary>The whole records of a journal that a search may be writing, whatever it is the journal of; none where it is of another version.</summary>
    public static ImmutableArray<TrialResult> Peek(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string[] lines = reader.ReadToEnd().Split('\n');
        // What stands behind the last line's end is not whole yet.
        string?[] texts = [.. lines.SkipLast(1).Select(Checked)];
        if (texts.Length == 0 || ReadHeader(texts[0])?.Journal != Format) return [];
        return [.. texts.Skip(1).Select(t => t is null ? null : JournalRecord.Read(t)).TakeWhile(r => r is not null).Select(r => r!)];
    }

    public bool TryGet(Proposal proposal, [NotNullWhen(true)] out TrialResult? result)
    {
        lock (gate) return finished.TryGetValue(proposal, out result);
    }

    public void Append(TrialResult result)
    {
        lock (gate)
        {
            if (finished.TryAdd(result.Proposal, result)) AppendLine(JournalRecord.Write(result));
        }
    }

    public void Dispose() => file.Dispose();

    private void Load(string key)
    {
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);

        int sound = 0;
        for (int end; (end = Array.IndexOf(content, (byte)'\n', sound)) >= 0; sound = end + 1)
        {
            string? text = Checked(Encoding.UTF8.GetString(content, sound, end - sound));
            if (sound == 0)
            {
                Warning = Refusal(text, key);
                if (Warning is null) continue;
                break;
            }
            if (text is null || JournalRecord.Read(text) is not { } result) break;
            finished.TryAdd(result.Proposal, result);
        }
        if (sound < content.Length) Warning ??= $"the journal was damaged after {finished.Count} trials; what followed was dropped";
        file.SetLength(sound);
        file.Position = sound;
        if (sound == 0) AppendLine(JsonSerializer.Serialize(new Header(Format, key), JournalJson.Options));
    }

    /// <summary>Why a journal with this header is of no use here, or null.</summary>
    private string? Refusal(string? header, string key)
    {
        if (ReadHeader(header) is not { } read) return $"{Path.GetFileName(file.Name)} has no header of a journal of version {Format} and was begun anew";
        if (read.Journal != Format) return $"{Path.GetFileName(file.Name)} is a journal of version {read.Journal}, not {Format}, and was begun anew";
        return read.Key == key ? null : $"{Path.GetFileName(file.Name)} is the journal of another search (other data, budget or settings) and was begun anew";
    }

    private static Header? ReadHeader(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<Header>(text, JournalJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void AppendLine(string text)
    {
        file.Write(Encoding.UTF8.GetBytes($"{Sum(text)} {text}\n"));
        file.Flush();
    }

    /// <summary>What stands behind a line's checksum where that is right, else null.</summary>
    private static string? Checked(string line) =>
        line.Length > SumLength && line[SumLength] == ' ' && line[..SumLength] == Sum(line[(SumLength + 1)..]) ? line[(SumLength + 1)..] : null;

    private static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, SumLength / 2));

    private sealed record Header(int Journal, string Key);
}
