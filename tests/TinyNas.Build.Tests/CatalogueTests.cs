using System.Reflection;
using System.Text.RegularExpressions;
using TinyNas.Model;

namespace TinyNas.Build.Tests;

[TestClass]
public class CatalogueTests
{
    private static readonly (string Field, Diagnostic Entry)[] All = [.. typeof(DiagnosticCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.FieldType == typeof(Diagnostic)).Select(f => (f.Name, (Diagnostic)f.GetValue(null)!))];

    [TestMethod]
    public void NoCodeStandsTwiceInTheCatalogueAndEachEntryIsWhole()
    {
        CollectionAssert.AllItemsAreUnique(All.Select(d => d.Entry.Code).ToArray());
        foreach (var (_, diagnostic) in All)
        {
            Assert.MatchesRegex("^TNAS[0-9]{4}$", diagnostic.Code);
            Assert.IsTrue(diagnostic.Message.EndsWith('.') || diagnostic.Message.EndsWith('}'), diagnostic.Code);
            Assert.AreNotEqual("", diagnostic.Cause, diagnostic.Code);
            Assert.AreNotEqual("", diagnostic.Cure, diagnostic.Code);
        }
    }

    /// <summary>A test that is not there at all is all that text can show; that each raises what it names is for the tests themselves.</summary>
    [TestMethod]
    public void EveryEntryIsExpectedBySomeTest()
    {
        string[] sources = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar)).Select(File.ReadAllText)];
        Assert.IsEmpty(All.Where(d => !sources.Any(s => s.Contains(d.Entry.Code) || Regex.IsMatch(s, $@"\bDiagnosticCatalogue\.{d.Field}\b"))).Select(d => d.Entry.Code), "codes that no test expects");
    }
}
