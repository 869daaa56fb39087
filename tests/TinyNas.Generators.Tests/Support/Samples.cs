using System.Text;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>Small bindings files.</summary>
internal static class Samples
{
    public static readonly ResourceEstimate Estimate = new(1, 2, 3, 4, 5, 6, 7);

    /// <summary>A classifier of as many classes as there are labels (at least one).</summary>
    public static EmittedFile Classifier(string name, params string[] labels) => BindingsWriter.Write(
        RandomGraph.Classifier(77, 4, 4, 1, Math.Max(1, labels.Length)), new ModelCard(name) { Labels = [.. labels] }, Estimate, "");

    public static string Text(this EmittedFile file) => Encoding.UTF8.GetString(file.Content.Span);

    /// <summary>The file with lines changed and its hash made right again.</summary>
    public static string Edit(this EmittedFile file, Func<string, string> edit)
    {
        string[] parts = file.Text().Split('\n', 3);
        string content = edit(parts[2]);
        return $"{parts[0]}\nhash {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)))}\n{content}";
    }
}
