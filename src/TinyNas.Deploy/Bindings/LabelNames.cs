using System.Globalization;
using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// C# identifiers of labels, by the rule of <see cref="Naming"/> except that words are made of the letters and digits of any
/// script, since no C name comes of them. To be checked before a search: its result could not be bound.
/// </summary>
public static class LabelNames
{
    /// <summary>The label's words, each with a capital, <c>_</c> before a leading digit; null where it has no letter or digit.</summary>
    public static string? Of(string label)
    {
        List<string> words = Naming.Words(Normalise(label), IsPart);
        if (words.Count == 0) return null;
        string text = string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return char.IsLetter(text[0]) || char.GetUnicodeCategory(text[0]) == UnicodeCategory.LetterNumber ? text : "_" + text;
    }

    /// <exception cref="TinyNasException">TNAS0404: two labels become one identifier; TNAS0407: one becomes none.</exception>
    public static void Check(IEnumerable<string> labels)
    {
        var taken = new Dictionary<string, string>();
        foreach (string label in labels)
        {
            string identifier = Of(label) ?? throw new TinyNasException(DiagnosticCatalogue.IdentifierEmpty, label) { Setting = "Data" };
            if (!taken.TryAdd(identifier, label))
                throw new TinyNasException(DiagnosticCatalogue.LabelClash, taken[identifier], label, identifier) { Setting = "Data" };
        }
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is
        UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // The compiler compares identifiers in this form. Unpaired surrogates have none; they are no letters anyway.
    private static string Normalise(string label)
    {
        try { return label.Normalize(NormalizationForm.FormC); }
        catch (ArgumentException) { return label; }
    }
}
