using System.Xml.Linq;

namespace TinyNas.Build.Tests;

/// <summary>What the repository promises about its own shape.</summary>
[TestClass]
public class StructureTests
{
    /// <summary>Projects may reference only those before them.</summary>
    private static readonly string[] Layers =
        ["TinyNas.Runtime", "TinyNas.Model", "TinyNas.Deploy", "TinyNas.Data", "TinyNas.Training", "TinyNas.Training.TorchSharp", "TinyNas.Search", "TinyNas.Tool", "TinyNas.Build.Tasks", "TinyNas.Generators", "TinyNas.Build"];

    private static readonly string[] Alone = ["TinyNas.Runtime", "TinyNas.Build.Tasks", "TinyNas.Generators"];

    private static readonly string[] TopLevel =
    [
        "src", "build", "targets", "tests", "samples", "TinyNas.Build.sln", "global.json", "README.md", "LICENSE",
        "Directory.Build.props", "Directory.Packages.props", ".editorconfig", ".gitignore", ".gitattributes", ".ci",
    ];

    /// <summary>What git, editors and builds put there; git ignores it.</summary>
    private static readonly string[] NotOurs = [".git", ".vs", ".vscode", ".idea", "artifacts", "TestResults", "bin", "obj"];

    [TestMethod]
    public void TheTopLevelHoldsWhatItHoldsAndNothingElse()
    {
        string[] found = [.. Directory.EnumerateFileSystemEntries(Repository.Root).Select(e => Path.GetFileName(e))
            .Where(n => !NotOurs.Contains(n) && Path.GetExtension(n) is not (".binlog" or ".user")).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(TopLevel.Order(StringComparer.Ordinal).ToArray(), found);
    }

    [TestMethod]
    public void ProjectsReferenceOnlyProjectsAboveThem()
    {
        string[] projects = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(Layers.Order(StringComparer.Ordinal).ToArray(), projects);
        foreach (string project in Layers)
            foreach (string reference in References(project))
            {
                Assert.IsLessThan(Array.IndexOf(Layers, project), Array.IndexOf(Layers, reference), $"{project} references {reference}");
                CollectionAssert.DoesNotContain(Alone, project, $"{project} references {reference}");
            }
    }

    /// <summary>It needs TorchSharp, which is not everywhere to be had.</summary>
    [TestMethod]
    public void NothingReferencesTheTorchSharpTrainer()
    {
        foreach (string project in Layers) CollectionAssert.DoesNotContain(References(project).ToArray(), "TinyNas.Training.TorchSharp", project);
    }

    [TestMethod]
    public void TheSolutionListsEveryProjectButTheSamples()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "TinyNas.Build.sln"));
        foreach (string folder in new[] { "src", "tests" })
            foreach (string project in Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder)).Select(f => Path.GetFileName(f)!))
                StringAssert.Contains(solution, $"{folder}\\{project}\\{project}.csproj");
        // Opening or testing the solution must not start a search.
        Assert.IsFalse(solution.Contains("samples\\"));
    }

    [TestMethod]
    public void OnlyThePackagingProjectMakesAPackage()
    {
        foreach (string project in Layers)
            Assert.AreEqual(project == "TinyNas.Build", Load(project).Descendants("IsPackable").Any(e => e.Value == "true"), project);
        // And where TorchSharp is to be had, the trainer that needs it.
        Assert.AreEqual("$(WithTorchSharp)", Load("TinyNas.Training.TorchSharp").Descendants("IsPackable").Single().Value);
    }

    private static IEnumerable<string> References(string project) =>
        Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
}
