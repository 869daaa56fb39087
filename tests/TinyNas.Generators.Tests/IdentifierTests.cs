extern alias generators;

using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using TinyNas.Deploy;
using TinyNas.Model;
using Names = generators::TinyNas.Generators.Identifiers;

namespace TinyNas.Generators.Tests;

/// <summary>Names and labels, however hostile, become what the stated rule says and reach the code as text only.</summary>
[TestClass]
public class IdentifierTests
{
    private const string Alphabet = "aZbY09_- .\"\\@éÉßǅ\u0301\u0903Ⅷ٣\u200D‿合\n🎉classif";

    [TestMethod]
    public void ClassesAndLabelsAreNamedByTheRuleOfNaming()
    {
        RandomStream random = RandomStream.Create(12);
        List<string> names = [.. SyntaxFacts.GetReservedKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds()).Select(SyntaxFacts.GetText), "HTTPServer", "a1B2", "x_y", "__", "_1", "1st"];
        for (int k = 0; k < 3000; k++)
            names.Add(string.Concat(Enumerable.Range(0, 1 + random.NextInt(9)).Select(_ => Alphabet[random.NextInt(Alphabet.Length)])));
        foreach (string name in names)
        {
            string? expected;
            try { expected = Naming.Of(name).Class; }
            catch (TinyNasException) { expected = null; }
            Assert.AreEqual(expected, Names.OfModel(name), $"model '{name}'");
            Assert.AreEqual(LabelNames.Of(name), Names.OfLabel(name), $"label '{name}'");
        }
    }

    [TestMethod]
    [DataRow("größe", "Größe")]
    [DataRow("合格", "合格")]
    [DataRow("不 合格", "不合格")]
    [DataRow("हिन्दी", "हिन्दी")]
    [DataRow("thumbs 👍 up", "ThumbsUp")]
    [DataRow("a\u200Db", "AB")]
    public void LabelsKeepTheLettersOfAnyScript(string label, string member) => Assert.AreEqual(member, Names.OfLabel(label));

    [TestMethod]
    public void HostileLabelsCompileAndComeBackAsTheyWere()
    {
        string[] labels =
        [
            "class", "\"quoted\"", "new\nline", "back\\slash", "*/ } evil { /*", "</summary><b>", "{0} {x}", "tab\there", "nul\0byte", "emoji 👍",
            "\ud800 lone", "value__", "ToString", "Label", "0", "-1", "%20", "ＦＵＬＬ", "a&b", "\u2028 separator", "Equals", "Score",
        ];
        const string runner = """
            #pragma warning disable CS1591
            public static class Runner
            {
                public static string[] Labels() => System.Linq.Enumerable.ToArray(App.Net.Labels);
                public static string[] Members() => System.Enum.GetNames(typeof(App.Net.Label));
            }
            """;
        GeneratorResult result = (GeneratorRun.Of(Samples.Classifier("Net", labels)) with { Sources = [runner], IsStrict = true }).Run();
        CollectionAssert.AreEqual(labels, result.Load<Func<string[]>>("Runner", "Labels")());
        CollectionAssert.AreEqual(labels.Select(Names.OfLabel).ToArray(), result.Load<Func<string[]>>("Runner", "Members")());
    }

    [TestMethod]
    [DataRow("record", "Record")]
    [DataRow("hand gesture", "HandGesture")]
    [DataRow("async", "async")]
    [DataRow("1st try", "_1stTry")]
    public void ModelNamesThatAreNoIdentifiersCompileUnderTheMappedName(string name, string type)
    {
        GeneratorResult result = (GeneratorRun.Of(Samples.Classifier(name, "a", "b")) with { IsStrict = true }).Run();
        result.Emit();
        Assert.IsNotNull(result.Compilation.GetTypeByMetadataName($"App.{type}"));
    }

    [TestMethod]
    [DataRow("", "Net")]
    [DataRow("My-App.2nd.class", "My_App._2nd.class.Net")]
    [DataRow("Контора.Сеть", "Контора.Сеть.Net")]
    public void RootNamespacesThatAreNoIdentifiersAreMapped(string rootNamespace, string type)
    {
        GeneratorResult result = (GeneratorRun.Of(Samples.Classifier("Net", "a", "b")) with { RootNamespace = rootNamespace, IsStrict = true }).Run();
        result.Emit();
        Assert.IsNotNull(result.Compilation.GetTypeByMetadataName(type), type);
    }

    [TestMethod]
    public void TheFilesOwnNamespaceGoesBeforeTheProjects()
    {
        EmittedFile file = BindingsWriter.Write(RandomGraph.Regressor(1, 4, 2), new ModelCard("Net"), Samples.Estimate, "Company.Models");
        Assert.IsNotNull(GeneratorRun.Of(file).Run().Compilation.GetTypeByMetadataName("Company.Models.Net"));
    }
}
