extern alias generators;

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinyNas.Deploy;
using TinyNas.Model;
using Diagnostic = Microsoft.CodeAnalysis.Diagnostic;

namespace TinyNas.Generators.Tests;

/// <summary>Whatever is wrong with a bindings file or its user is a TNAS diagnostic in that file, never CS8785.</summary>
[TestClass]
public class DiagnosticTests
{
    private static readonly EmittedFile Good = Samples.Classifier("Net", "a", "b");

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("something else\n", 0)]
    [DataRow("tinynas-bindings 1\nstub\nname Net\n", 3)]
    [DataRow("tinynas-bindings 1\nstub\nend\n", 3)]
    [DataRow("tinynas-bindings 1\nname Net\nend\n", 3)]
    [DataRow("tinynas-bindings 1\nstub\nname Net%00\nend\n", 2)]
    [DataRow("tinynas-bindings 1\nstub\nname Net again\nend\n", 2)]
    [DataRow("tinynas-bindings 1\nstub\n\nend\n", 2)]
    public void DamageIsReportedAtItsLine(string text, int line)
    {
        Diagnostic diagnostic = Single("TNAS0401", Project(text));
        Assert.AreEqual(line, diagnostic.Location.GetLineSpan().StartLinePosition.Line);
        Assert.AreEqual("/obj/net.bindings.txt", diagnostic.Location.GetLineSpan().Path);
    }

    [TestMethod]
    public void AnEditedFileDoesNotMatchItsHash() =>
        StringAssert.Contains(Single("TNAS0401", Project(Good.Text().Replace("figure Macs 1", "figure Macs 2", StringComparison.Ordinal))).GetMessage(), "hash");

    [TestMethod]
    [DataRow("call SOFTMAX Softmax", "call SOFTMAX Console")]
    [DataRow("inputs 0", "inputs 99")]
    [DataRow("label b\n", "label b\nlabel c\n")]
    [DataRow("{SoftmaxParameters Rows= 1", "{SoftmaxParameters Rows= 1;Evil()")]
    [DataRow("{SoftmaxParameters Rows=", "{SoftmaxParameters Rows:1,")]
    [DataRow("call SOFTMAX Softmax Run", "call SOFTMAX Softmax Run();")]
    [DataRow("s2", "s3")]
    [DataRow("tensor 0 sbyte 1,4,4,1", "tensor 0 string 1,4,4,1")]
    [DataRow("tensor 0 sbyte 1,4,4,1", "tensor 0 sbyte 65536,65536,65536,1")]
    [DataRow("table 0 sbyte", "table 0 int")]
    [DataRow("table 0 sbyte", "table 1 sbyte")]
    public void AFileThatContradictsItselfOrCarriesCodeIsDamaged(string old, string replacement)
    {
        string edited = Good.Edit(content => content.Replace(old, replacement, StringComparison.Ordinal));
        Assert.AreNotEqual(Good.Text(), edited);
        Single("TNAS0401", Project(edited));
    }

    [TestMethod]
    public void NoMutationMakesTheGeneratorThrow()
    {
        RandomStream random = RandomStream.Create(3);
        for (int k = 0; k < 400; k++)
        {
            string text = Good.Edit(content =>
            {
                List<string> fields = [.. Regex.Split(content, "(?<=[ \n])")];
                int at = random.NextInt(fields.Count);
                switch (random.NextInt(4))
                {
                    case 0: fields.RemoveAt(at); break;
                    case 1: fields.Insert(at, fields[random.NextInt(fields.Count)]); break;
                    case 2: fields[at] = fields[random.NextInt(fields.Count)]; break;
                    default: fields[at] = fields[at].Insert(random.NextInt(fields[at].Length), ((char)random.NextInt(300)).ToString()); break;
                }
                return string.Concat(fields);
            });
            GeneratorRunResult run = Project(text).Run().Run;
            Assert.IsNull(run.Exception, $"mutation {k}: {run.Exception}");
            Assert.IsTrue(run.Diagnostics.All(d => d.Id.StartsWith("TNAS", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void AnotherFormatIsNoDamage() => Single("TNAS0402", Project(Good.Text().Replace("tinynas-bindings 1", "tinynas-bindings 2", StringComparison.Ordinal)));

    [TestMethod]
    [DataRow("hand gesture", "HandGesture")]
    [DataRow("Net", "NET")]
    public void TwoModelsOfOneClassAreReportedInBothFiles(string one, string other)
    {
        GeneratorResult result = new GeneratorRun
        {
            Files = [("/obj/1/n.bindings.txt", Samples.Classifier(one, "a").Text()), ("/obj/2/n.bindings.txt", Samples.Classifier(other, "a").Text())],
        }.Run();
        CollectionAssert.AreEqual(new[] { "TNAS0403", "TNAS0403" }, result.Codes.ToArray());
    }

    [TestMethod]
    public void AFileThatIsListedTwiceIsReported() => CollectionAssert.AreEqual(new[] { "TNAS0403", "TNAS0403" },
        new GeneratorRun { Files = [("/obj/net.bindings.txt", Good.Text()), ("/obj/net.bindings.txt", Good.Text())] }.Run().Codes.ToArray());

    [TestMethod]
    [DataRow("a b", "a-b")]
    [DataRow("yes", "Yes")]
    [DataRow("1", "_1")]
    public void TwoLabelsOfOneIdentifierAreReported(string one, string other)
    {
        string message = Single("TNAS0404", Project(Stub("Net", one, other))).GetMessage();
        StringAssert.Contains(message, $"'{one}' and '{other}'");
        Assert.AreEqual("TNAS0404", Assert.ThrowsExactly<TinyNasException>(() => LabelNames.Check([one, other])).Diagnostic.Code);
    }

    [TestMethod]
    [DataRow("Predict")]
    [DataRow("Label")]
    [DataRow("tensor12")]
    [DataRow("constants")]
    [DataRow("ToString")]
    public void AModelNamedLikeAMemberOfItsClassIsReportedOrCompiles(string name)
    {
        GeneratorResult result = GeneratorRun.Of(Samples.Classifier(name, "a", "b")).Run();
        if (name == "constants") result.Emit();
        else CollectionAssert.AreEqual(new[] { "TNAS0405" }, result.Codes.ToArray());
    }

    [TestMethod]
    public void OlderLanguagesAndFrameworksAreReported()
    {
        StringAssert.Contains(Single("TNAS0406", GeneratorRun.Of(Good) with { LanguageVersion = LanguageVersion.CSharp11 }).GetMessage(), "C# 11.0");
        // A core library of version 7 in a few lines.
        MetadataReference old = CSharpCompilation.Create("System.Runtime", [CSharpSyntaxTree.ParseText("""
            [assembly: System.Reflection.AssemblyVersion("7.0.0.0")]
            namespace System
            {
                public class Object { }
                public abstract class ValueType { }
                public struct Void { }
                public struct Int32 { }
                public struct Boolean { }
                public sealed class String { }
                public abstract class Attribute { protected Attribute() { } }
            }
            namespace System.Reflection
            {
                public sealed class AssemblyVersionAttribute : Attribute { public AssemblyVersionAttribute(string version) { } }
            }
            """)],
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
        StringAssert.Contains(Single("TNAS0406", GeneratorRun.Of(Good) with { References = [old] }).GetMessage(), "net8.0");
    }

    [TestMethod]
    [DataRow("Net", "🎉")]
    [DataRow("Net", "")]
    [DataRow("♥", "a")]
    public void ANameWithoutLettersAndDigitsIsReported(string model, string label)
    {
        Single("TNAS0407", Project(Stub(model, label)));
        if (model == "Net") Assert.AreEqual("TNAS0407", Assert.ThrowsExactly<TinyNasException>(() => LabelNames.Check([label])).Diagnostic.Code);
    }

    [TestMethod]
    public void OtherAdditionalFilesAreLeftAlone()
    {
        GeneratorRunResult run = (Project("no bindings") with { Kind = "Other" }).Run().Run;
        Assert.IsEmpty(run.Diagnostics);
        Assert.IsEmpty(run.GeneratedSources);
    }

    [TestMethod]
    public void ReleaseFilesListTheCodesOfTheGenerator()
    {
        string releases = File.ReadAllText(Path.Combine(Repository.Root, "src/TinyNas.Generators/AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Path.Combine(Repository.Root, "src/TinyNas.Generators/AnalyzerReleases.Unshipped.md"));
        string[] listed = [.. Regex.Matches(releases, "^TNAS\\d{4}", RegexOptions.Multiline).Select(m => m.Value).Order()];
        string[] catalogue = [.. typeof(DiagnosticCatalogue).GetFields().Select(f => ((TinyNas.Model.Diagnostic)f.GetValue(null)!).Code)
            .Where(c => c.StartsWith("TNAS04", StringComparison.Ordinal)).Order()];
        CollectionAssert.AreEqual(catalogue, listed);
    }

    private static string Stub(string model, params string[] labels) => string.Concat(
        $"tinynas-bindings 1\nstub\nname {Escape(model)}\nclassifier\n", string.Concat(labels.Select(l => $"label {Escape(l)}\n")), "end\n");

    private static string Escape(string text) => text.Length == 0 ? "%" : string.Concat(text.Select(c => $"%{(int)c:X4}"));

    private static GeneratorRun Project(string text) => new() { Files = [("/obj/net.bindings.txt", text)] };

    private static Diagnostic Single(string code, GeneratorRun run)
    {
        GeneratorRunResult result = run.Run().Run;
        Assert.IsNull(result.Exception);
        Assert.HasCount(1, result.Diagnostics);
        Assert.AreEqual(code, result.Diagnostics[0].Id);
        Assert.AreEqual(DiagnosticSeverity.Error, result.Diagnostics[0].Severity);
        Assert.IsFalse(result.GeneratedSources.Any(s => s.HintName.StartsWith("Model.", StringComparison.Ordinal)));
        return result.Diagnostics[0];
    }
}
