using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace TinyNas.Generators;

/// <summary>
/// The text of TinyNas.Runtime, embedded when this assembly is built: the user's assembly gets the very kernels that the
/// interpreter runs, without a package to reference. Read-only after the first use.
/// </summary>
internal static class KernelLibrary
{
    private const string Prefix = "Runtime/";

    private static readonly Regex Declaration = new(@"^(?:internal|public) (?:\w+ )*(?:class|struct|record|enum|interface) (?:struct |class )?(\w+)", RegexOptions.Multiline);
    private static readonly Regex Word = new(@"\w+");
    private static readonly Regex Comment = new(@"//.*$", RegexOptions.Multiline);
    private static readonly System.Lazy<IReadOnlyList<KernelFile>> Files = new(Load);

    /// <summary>True where one of the files declares the type.</summary>
    public static bool Declares(string type) => Files.Value.Any(f => f.Types.Contains(type));

    /// <summary>The files that declare the types, and those these files need in turn, in order of their names.</summary>
    public static IEnumerable<KernelFile> Closure(IEnumerable<string> types)
    {
        var needed = new HashSet<KernelFile>();
        var open = new Stack<KernelFile>(types.SelectMany(Declaring));
        while (open.Count > 0)
            if (open.Pop() is var file && needed.Add(file))
                foreach (KernelFile other in file.Words.SelectMany(Declaring)) open.Push(other);
        return needed.OrderBy(f => f.Name, System.StringComparer.Ordinal);
    }

    private static IEnumerable<KernelFile> Declaring(string type) => Files.Value.Where(f => f.Types.Contains(type));

    private static IReadOnlyList<KernelFile> Load()
    {
        Assembly assembly = typeof(KernelLibrary).Assembly;
        var files = new List<KernelFile>();
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, System.StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            string text = reader.ReadToEnd().Replace("\r\n", "\n");
            files.Add(new KernelFile(
                resource.Substring(Prefix.Length), text,
                Declaration.Matches(text).Cast<Match>().Select(m => m.Groups[1].Value).Distinct().ToArray(),
                new HashSet<string>(Word.Matches(Comment.Replace(text, "")).Cast<Match>().Select(m => m.Value))));
        }
        return files;
    }
}
