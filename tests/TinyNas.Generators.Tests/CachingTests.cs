extern alias generators;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Names = generators::TinyNas.Generators.StepNames;

namespace TinyNas.Generators.Tests;

/// <summary>A keystroke in the user's code recomputes nothing; a change of a bindings file recomputes just that file.</summary>
[TestClass]
public class CachingTests
{
    [TestMethod]
    public void AnEditOfUserCodeRecomputesNoStep()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Classifier("Gesture", "rock", "paper"), Samples.Classifier("Word", "yes", "no"));
        CSharpCompilation compilation = run.Compilation;
        GeneratorDriver driver = run.Driver.RunGenerators(compilation);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated { }", new CSharpParseOptions(LanguageVersion.CSharp12))));
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        foreach (string step in new[] { Names.Files, Names.Models, Names.Consumer, Names.Clashes, Names.Kernels })
            foreach (IncrementalStepRunReason reason in Reasons(result, step))
                Assert.IsTrue(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {reason}");
        var outputs = result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason).ToList();
        Assert.IsNotEmpty(outputs);
        Assert.IsTrue(outputs.All(r => r == IncrementalStepRunReason.Cached), string.Join(" ", outputs));
    }

    [TestMethod]
    public void ChangingOneModelLeavesTheOtherAndTheKernelsAlone()
    {
        GeneratorRun before = GeneratorRun.Of(Samples.Classifier("Gesture", "rock", "paper"), Samples.Classifier("Word", "yes", "no"));
        AdditionalText changed = GeneratorRun.Text("/obj/word.bindings.txt", Samples.Classifier("Word", "yes", "maybe").Text());
        GeneratorDriver driver = before.Driver.RunGenerators(before.Compilation);
        driver = driver.ReplaceAdditionalText(before.AdditionalTexts.Single(t => t.Path == changed.Path), changed).RunGenerators(before.Compilation);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        CollectionAssert.AreEquivalent(
            new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified }, Reasons(result, Names.Models).ToArray());
        Assert.AreEqual(IncrementalStepRunReason.Cached, Reasons(result, Names.Kernels).Single());
        Assert.AreEqual(IncrementalStepRunReason.Cached, Reasons(result, Names.Clashes).Single());
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);
}
