using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyNas.Generators;

/// <summary>
/// The rule by which names become C# identifiers, that of <c>Naming</c> and <c>LabelNames</c> in TinyNas.Deploy (a test compares them). A word
/// ends where anything but a letter or digit stands, where a capital follows a small letter or digit, and before the last
/// capital of a run of them that a small letter follows; words are joined, each with a capital; an underscore goes before a
/// leading digit. A model's name that is an identifier of ASCII already, and no keyword, stays as it is. Words of models
/// are ASCII, since C names are made of them too; words of labels are of any script. Two names that become one identifier
/// are a diagnostic, never a silent renaming.
/// </summary>
internal static class Identifiers
{
    private static readonly HashSet<string> Contextual = ["record", "var", "dynamic", "nint", "nuint", "file", "scoped", "required", "field"];

    /// <summary>The class of a model; null where the name has no letter or digit.</summary>
    public static string? OfModel(string name) =>
        name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => IsAscii(c) || c == '_') && name.Any(IsAscii)
        // __arglist and its like are keywords of the compiler only: they stay, with @.
        && (SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None || name.StartsWith("__", System.StringComparison.Ordinal)) && !Contextual.Contains(name)
            ? name : Pascal(Words(name, IsAscii));

    /// <summary>The member of the Label enumeration; null where the label has no letter or digit.</summary>
    public static string? OfLabel(string label) => Pascal(Words(Normalise(label), IsWord));

    /// <summary>A namespace: parts that are no identifiers are made some as a project's root namespace is, by underscores.</summary>
    public static string Namespace(string name) => string.Join(".", name.Split('.').Where(part => part.Length > 0).Select(part =>
        Source((SyntaxFacts.IsIdentifierStartCharacter(part[0]) ? "" : "_") +
            string.Concat(part.Select(c => SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_')))));

    /// <summary>The identifier as it is written in source: keywords with @.</summary>
    public static string Source(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(identifier) != SyntaxKind.None
            ? "@" + identifier : identifier;

    /// <summary>A text that two different names never share: everything but letters and digits of ASCII as _ and its code.</summary>
    public static string Injective(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
            if (IsAscii(c)) text.Append(c);
            else text.Append('_').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static string? Pascal(List<string> words)
    {
        if (words.Count == 0) return null;
        string text = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? text : "_" + text;
    }

    private static List<string> Words(string text, System.Func<char, bool> isPart)
    {
        var words = new List<string>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            bool part = i < text.Length && isPart(text[i]);
            bool ends = part && i > start && char.IsUpper(text[i])
                && (!char.IsUpper(text[i - 1]) || (i + 1 < text.Length && isPart(text[i + 1]) && char.IsLower(text[i + 1])));
            if ((!part || ends) && i > start) words.Add(text.Substring(start, i - start));
            if (!part) start = i + 1;
            else if (ends) start = i;
        }
        return words;
    }

    private static bool IsAscii(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';

    // Formatting characters are legal in identifiers but the compiler ignores them, which would hide a clash.
    private static bool IsWord(char c) => SyntaxFacts.IsIdentifierPartCharacter(c)
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.ConnectorPunctuation);

    // The compiler compares identifiers in this form. Unpaired surrogates have none; they are no letters anyway.
    private static string Normalise(string name)
    {
        try { return name.Normalize(NormalizationForm.FormC); }
        catch (System.ArgumentException) { return name; }
    }
}
