using System.Text;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>
/// The names that a model's Include name becomes. The rule: a word ends where anything but an ASCII letter or digit stands,
/// where a capital follows a small letter or digit, and before the last capital of a run of them that a small letter follows
/// (<c>HTTPServer</c> is http_server); words are joined by one underscore in small letters. A name that begins with a digit, or
/// is the name of a standard header, has <c>model_</c> put before it.
/// </summary>
/// <param name="Include">As the project file has it.</param>
/// <param name="Snake">n: files and C functions.</param>
/// <param name="Capitals">N: C macros.</param>
/// <param name="Class">The C# class: the Include name itself where it is an identifier, else its words, each with a capital.</param>
public sealed record ModelNames(string Include, string Snake, string Capitals, string Class);

public static class Naming
{
    /// <summary>Files n.h must not hide these from n.c, nor be hidden by them.</summary>
    private static readonly HashSet<string> Headers =
    [
        "assert", "complex", "ctype", "errno", "fenv", "float", "inttypes", "iso646", "limits", "locale", "math", "memory", "new", "setjmp", "signal",
        "stdalign", "stdarg", "stdatomic", "stdbool", "stddef", "stdint", "stdio", "stdlib", "stdnoreturn", "string", "strings", "tgmath", "threads",
        "time", "uchar", "wchar", "wctype",
    ];

    /// <exception cref="TinyNasException">TNAS0310: the name has no ASCII letter or digit, or is longer than 100 characters.</exception>
    public static ModelNames Of(string include)
    {
        List<string> words = Words(include);
        if (words.Count == 0 || include.Length > 100) throw new TinyNasException(DiagnosticCatalogue.NameUnusable, include) { Setting = "Include" };
        string snake = string.Join('_', words).ToLowerInvariant();
        if (char.IsAsciiDigit(snake[0]) || Headers.Contains(snake)) snake = "model_" + snake;
        string pascal = Identifiers.IsCSharp(include) ? include : Identifiers.Pascal(words);
        return new ModelNames(include, snake, snake.ToUpperInvariant(), pascal);
    }

    /// <summary>Names of all models of a project.</summary>
    /// <exception cref="TinyNasException">TNAS0311: two would have the same files, functions or class.</exception>
    public static IReadOnlyList<ModelNames> OfAll(IEnumerable<string> includes)
    {
        var all = new List<ModelNames>();
        foreach (string include in includes)
        {
            ModelNames names = Of(include);
            if (all.Find(n => n.Snake == names.Snake || string.Equals(n.Class, names.Class, StringComparison.OrdinalIgnoreCase)) is { } other)
                throw new TinyNasException(DiagnosticCatalogue.NamesClash, include, other.Include, names.Snake) { Setting = "Include" };
            all.Add(names);
        }
        return all;
    }

    private static List<string> Words(string text) => Words(text, char.IsAsciiLetterOrDigit);

    /// <param name="isPart">What words are made of: the letters and digits of ASCII, or of more scripts.</param>
    internal static List<string> Words(string text, Func<char, bool> isPart)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool ends = word.Length > 0 && isPart(c) && char.IsUpper(c)
                && (!char.IsUpper(text[i - 1]) || (i + 1 < text.Length && isPart(text[i + 1]) && char.IsLower(text[i + 1])));
            if (!isPart(c) || ends) Flush();
            if (isPart(c)) word.Append(c);
        }
        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }
}
