using System.Text.RegularExpressions;

namespace TinyNas.Docs.Tests;

/// <summary>A fenced piece of a page, with the language its fence names ("" for none).</summary>
internal sealed record Snippet(Page Page, int Line, string Language, string Text)
{
    public override string ToString() => $"{Page.Name}:{Line}";
}

/// <summary>One page of the documentation.</summary>
internal sealed partial record Page(string Path)
{
    public static string Folder { get; } = System.IO.Path.Combine(Repository.Root, "src", "TinyNas.Build", "docs");

    public static IReadOnlyList<Page> All { get; } = [.. Directory.EnumerateFiles(Folder, "*.md").Order(StringComparer.Ordinal).Select(f => new Page(f))];

    public static Page Named(string name) => new(System.IO.Path.Combine(Folder, name));

    public string Name => System.IO.Path.GetFileName(Path);

    public string Text => File.ReadAllText(Path);

    public static IEnumerable<Snippet> Snippets(string language) => All.SelectMany(p => p.Fenced()).Where(s => s.Language == language);

    public IEnumerable<Snippet> Fenced() =>
        Fence().Matches(Text).Select(m => new Snippet(this, Text.AsSpan(0, m.Index).Count('\n') + 1, m.Groups[1].Value, m.Groups[2].Value));

    /// <summary>What a link may point at within the page.</summary>
    public IEnumerable<string> Anchors() => Heading().Matches(Fence().Replace(Text, ""))
        .Select(m => Regex.Replace(m.Groups[1].Value.ToLowerInvariant(), "[^\\w -]", "").Replace(' ', '-'));

    public IEnumerable<string> Links() => Link().Matches(Fence().Replace(Text, "")).Select(m => m.Groups[1].Value);

    /// <summary>Rows of the page's tables, cells trimmed.</summary>
    public IEnumerable<string[]> Rows() => Text.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal))
        .Select(l => l.Trim().Trim('|').Split('|').Select(c => c.Trim()).ToArray());

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("\\]\\(([^)]+)\\)")]
    private static partial Regex Link();
}
