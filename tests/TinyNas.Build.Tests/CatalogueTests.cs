using System.Reflection;
using TinyNas.Build.Tasks;
using TinyNas.Model;

namespace TinyNas.Build.Tests;

[TestClass]
public class CatalogueTests
{
    [TestMethod]
    public void TheTasksDiagnosticsAreThoseOfTheCatalogue()
    {
        var catalogue = Fields<Diagnostic>(typeof(DiagnosticCatalogue)).ToDictionary(d => d.Value.Code, d => d);
        var own = Fields<BuildDiagnostic>(typeof(BuildDiagnostic)).ToArray();
        Assert.IsNotEmpty(own);
        foreach (var (name, diagnostic) in own)
        {
            Assert.IsTrue(catalogue.TryGetValue(diagnostic.Code, out var entry), diagnostic.Code);
            Assert.AreEqual((entry.Name, entry.Value.Message, entry.Value.Cure), (name, diagnostic.Message, diagnostic.Cure));
        }
    }

    [TestMethod]
    public void NoCodeStandsTwiceInTheCatalogue()
    {
        string[] codes = [.. Fields<Diagnostic>(typeof(DiagnosticCatalogue)).Select(d => d.Value.Code)];
        CollectionAssert.AllItemsAreUnique(codes);
        Assert.IsTrue(codes.All(c => c.Length == 8 && c.StartsWith("TNAS")));
    }

    private static IEnumerable<(string Name, T Value)> Fields<T>(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(T)).Select(f => (f.Name, (T)f.GetValue(null)!));
}
