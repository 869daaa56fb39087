using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace TinyNas.Generators;

/// <summary>
/// Moves a file of TinyNas.Runtime into a namespace of the user's assembly. The namespace is one word that holds the
/// assembly's whole name: two assemblies that see each other's internals (InternalsVisibleTo) never declare the same type,
/// and no namespace of the user's encloses it, whose types (a Math or Span of their own) would be found before System's.
/// For the same reason the using directives stand inside the namespace and start at global::.
/// </summary>
internal static class KernelSource
{
    private static readonly Regex Using = new(@"^using (static )?([\w.]+);\n", RegexOptions.Multiline);
    private static readonly Regex FileNamespace = new(@"^namespace [\w.]+;\n", RegexOptions.Multiline);
    private static readonly Regex TypeStart = new(@"^internal (?!.*\bpartial\b)(?=.*\b(class|struct|record|enum|interface)\b)", RegexOptions.Multiline);

    public static string Namespace(string assemblyName) => $"TinyNasRuntime_{Identifiers.Injective(assemblyName)}";

    public static string Transform(KernelFile file, string @namespace)
    {
        var usings = new StringBuilder("using global::System;\n");
        foreach (Match match in Using.Matches(file.Text).Cast<Match>().Where(m => m.Groups[2].Value != "System"))
            usings.Append("using ").Append(match.Groups[1].Value).Append("global::").Append(match.Groups[2].Value).Append(";\n");
        string text = Using.Replace(file.Text, "");
        text = FileNamespace.Replace(text, _ => $"namespace {@namespace};\n\n{usings}", 1);
        text = TypeStart.Replace(text, match => $"{GeneratedText.Attribute}\n{match.Value}");
        return GeneratedText.Header + text;
    }
}
