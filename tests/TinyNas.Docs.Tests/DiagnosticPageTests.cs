using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using TinyNas.Model;

namespace TinyNas.Docs.Tests;

[TestClass]
public class DiagnosticPageTests
{
    private static readonly (string Field, Diagnostic Diagnostic)[] Catalogue =
    [
        .. typeof(DiagnosticCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(Diagnostic))
            .Select(f => (f.Name, (Diagnostic)f.GetValue(null)!)).OrderBy(d => d.Item2.Code, StringComparer.Ordinal),
    ];

    /// <summary>With TINYNAS_WRITE_DOCS=1 this writes the page instead.</summary>
    [TestMethod]
    public void ThePageIsTheCatalogue()
    {
        Page page = Page.Named("diagnostics.md");
        if (Environment.GetEnvironmentVariable("TINYNAS_WRITE_DOCS") == "1") File.WriteAllText(page.Path, Render());
        Assert.AreEqual(Render(), page.Text,
            "The catalogue has changed. TINYNAS_WRITE_DOCS=1 dotnet run --project tests/TinyNas.Docs.Tests -- --filter ThePageIsTheCatalogue writes the page anew.");
    }

    [TestMethod]
    public void NoCodeStandsForTwoDiagnostics() => CollectionAssert.AllItemsAreUnique(Catalogue.Select(d => d.Diagnostic.Code).ToArray());

    [TestMethod]
    public void EveryDiagnosticIsNamedByATest()
    {
        string own = Path.Combine(Repository.Root, "tests", "TinyNas.Docs.Tests");
        var tests = new StringBuilder();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories))
            if (!file.StartsWith(own, StringComparison.Ordinal) && !Regex.IsMatch(file, "[/\\\\](bin|obj)[/\\\\]")) tests.Append(File.ReadAllText(file));
        string text = tests.ToString();
        string[] silent = [.. Catalogue.Where(d => !text.Contains(d.Diagnostic.Code) && !text.Contains("DiagnosticCatalogue." + d.Field)).Select(d => $"{d.Diagnostic.Code} {d.Field}")];
        Assert.IsEmpty(silent, string.Join(", ", silent));
    }

    private static string Render()
    {
        var page = new StringBuilder("# Diagnostics\n\nWritten from the catalogue, "
            + "[DiagnosticCatalogue.cs](../../TinyNas.Model/Diagnostics/DiagnosticCatalogue.cs). Each stands at the line of the project file that set what is\n"
            + "wrong. 00xx: project file and tool; 01xx: data; 02xx: budget, search and lock; 03xx: model files and operators; 04xx: bindings; "
            + "05xx: worker\nand build. The ellipses are filled in.\n");
        foreach (var (_, diagnostic) in Catalogue)
            page.Append($"\n## {diagnostic.Code}\n\n{(diagnostic.IsWarning ? "A warning. " : "")}`` {Regex.Replace(diagnostic.Message, "\\{[0-9]\\}", "…")} ``\n\n"
                + $"- Cause: {Inline(diagnostic.Cause)}\n- Cure: {Inline(diagnostic.Cure)}\n");
        return page.ToString();
    }

    /// <summary>Braces, brackets and stars of the catalogue are no markup.</summary>
    private static string Inline(string text) => Regex.Replace(text, "[\\[\\]*_<>`]", m => "\\" + m.Value);
}
