using System.IO.Compression;
using System.Xml.Linq;

namespace TinyNas.Build.Tests;

[TestClass]
public class PackageTests
{
    [TestMethod]
    public void ThePackageHasItsPartsAndNoDependency()
    {
        using ZipArchive package = ZipFile.OpenRead(Package.File);
        string[] names = [.. package.Entries.Select(e => e.FullName)];
        foreach (string expected in new[]
        {
            "build/TinyNas.Build.props", "build/TinyNas.Build.targets", "buildMultiTargeting/TinyNas.Build.props", "buildMultiTargeting/TinyNas.Build.targets",
            "targets/TinyNas.Search.targets", "tasks/netstandard2.0/TinyNas.Build.Tasks.dll", "analyzers/dotnet/cs/TinyNas.Generators.dll",
            "tools/net10.0/tinynas.dll", "tools/net10.0/tinynas.runtimeconfig.json", "tools/net10.0/tinynas.deps.json", "README.md", "LICENSE", "docs/README.md", "docs/diagnostics.md",
        })
            CollectionAssert.Contains(names, expected);
        Assert.IsFalse(names.Any(n => n.StartsWith("lib/") || n.StartsWith("buildTransitive/")), "who merely uses a library must not search");
        Assert.IsFalse(names.Any(n => Path.GetFileName(n).StartsWith("Microsoft.Build.")), "the host brings MSBuild");
        Assert.IsFalse(names.Any(n => n.StartsWith("tools/") && Path.GetExtension(n) is "" or ".exe"), "no executable of one system");

        XElement nuspec = XDocument.Load(package.GetEntry("TinyNas.Build.nuspec")!.Open()).Root!;
        Assert.IsFalse(nuspec.Descendants().Any(e => e.Name.LocalName == "dependency"));
        Assert.AreEqual("true", nuspec.Descendants().Single(e => e.Name.LocalName == "developmentDependency").Value);
        Assert.AreEqual("README.md", nuspec.Descendants().Single(e => e.Name.LocalName == "readme").Value);
    }

    [TestMethod]
    public void EveryLibraryOfOthersIsNamedWithItsLicence()
    {
        using ZipArchive package = ZipFile.OpenRead(Package.File);
        using var notices = new StreamReader(package.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        string text = notices.ReadToEnd().Replace(".Net ", " ");
        foreach (ZipArchiveEntry library in package.Entries.Where(e => e.FullName.StartsWith("tools/") && e.Name.EndsWith(".dll") && !e.Name.StartsWith("TinyNas.") && e.Name != "tinynas.dll"))
            StringAssert.Contains(text, "  " + Path.GetFileNameWithoutExtension(library.Name) + " ", library.Name);
    }

    [TestMethod]
    public void EveryImportOfTheTargetsIsInThePackage()
    {
        using ZipArchive package = ZipFile.OpenRead(Package.File);
        XDocument entry = XDocument.Load(package.GetEntry("build/TinyNas.Build.targets")!.Open());
        string[] imports = [.. entry.Descendants("Import").Select(i => ((string)i.Attribute("Project")!).Replace("$(MSBuildThisFileDirectory)../", ""))];
        Assert.IsNotEmpty(imports);
        foreach (string import in imports) Assert.IsNotNull(package.GetEntry(import), import);
        Assert.AreEqual(imports.Length, package.Entries.Count(e => e.FullName.StartsWith("targets/")), "a fragment that nobody imports");
    }
}
