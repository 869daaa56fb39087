using System.Reflection;
using TinyNas.Model;

namespace TinyNas.Build.Tests;

[TestClass]
public class CatalogueTests
{
    [TestMethod]
    public void NoCodeStandsTwiceInTheCatalogueAndEachEntryIsWhole()
    {
        Diagnostic[] all = [.. typeof(DiagnosticCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<Diagnostic>()];
        CollectionAssert.AllItemsAreUnique(all.Select(d => d.Code).ToArray());
        foreach (Diagnostic diagnostic in all)
        {
            Assert.MatchesRegex("^TNAS[0-9]{4}$", diagnostic.Code);
            Assert.IsTrue(diagnostic.Message.EndsWith('.') || diagnostic.Message.EndsWith('}'), diagnostic.Code);
            Assert.AreNotEqual("", diagnostic.Cause, diagnostic.Code);
            Assert.AreNotEqual("", diagnostic.Cure, diagnostic.Code);
        }
    }
}
