using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinyNas.Deploy;
using TinyNas.Deploy.Tests;
using TinyNas.Generators.Tests;
using TinyNas.Model;
using TinyNas.Search;

namespace TinyNas.Docs.Tests;

/// <summary>The programs of the docs, against a model called Gesture.</summary>
[TestClass]
public class CodeTests
{
    private static readonly Graph Graph = Networks.NanoNas(3, 2, 20);
    private static readonly ModelCard Card = new("Gesture") { Task = "Classify", Labels = ["turn left", "turn right"], Input = InputEncoding.CameraBytes(3) };

    [TestMethod]
    public void ProgramsInCCompileWithoutWarningsAndRun()
    {
        string gcc = Command.Require("gcc");
        using var folder = new TemporaryFolder();
        foreach (EmittedFile file in FirmwareEmitter.Emit(new EmissionRequest(Graph, Card, Budget.Unlimited)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[file.Name])!);
            File.WriteAllBytes(folder[file.Name], file.Content.Span);
        }
        foreach (Snippet snippet in Page.Snippets("c"))
        {
            File.WriteAllText(folder["main.c"], snippet.Text);
            Command.Run(gcc, ["-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-o", folder["program"], folder["main.c"], folder["gesture.c"]]).MustSucceed(snippet.ToString());
            string[] printed = Command.Run(folder["program"], []).MustSucceed(snippet.ToString()).Output.Split(' ');
            Assert.IsTrue(printed[0] is "0" or "1" && double.Parse(printed[1], null) >= 0.5, "of two classes the better has at least half");
        }
    }

    [TestMethod]
    public void TheFilesOfTheCPageAreTheFilesEmitted()
    {
        string text = Page.Named("c-interface.md").Text;
        foreach (EmittedFile file in FirmwareEmitter.Emit(new EmissionRequest(Graph, Card, Budget.Unlimited)))
        {
            // Of a folder the page names the folder.
            int slash = file.Name.IndexOf('/', StringComparison.Ordinal);
            StringAssert.Contains(text, $"`{(slash < 0 ? file.Name : file.Name[..(slash + 1)])}`");
        }
    }

    [TestMethod]
    public void TheProgramInCSharpCompilesAgainstTheGeneratedClassAndRuns()
    {
        Snippet snippet = Page.Snippets("csharp").Single(s => s.Page.Name == "csharp-interface.md");
        EmittedFile bindings = BindingsWriter.Write(Graph, Card, ResourceEstimator.Estimate(Graph, Planner.Plan(Graph, Budget.Unlimited), "cortex-m4"), "");
        var run = GeneratorRun.Of(bindings) with { Sources = [snippet.Text] };
        Assert.AreEqual("2 classes, True, True, True, True", run.Run().Load<Func<string>>("Program", "Run")());
    }

    [TestMethod]
    public void TheStrategyCompilesAndSearches()
    {
        Snippet snippet = Page.Snippets("csharp").Single(s => s.Page.Name == "adding-a-strategy.md");
        CSharpCompilation compilation = CSharpCompilation.Create("Strategy", [CSharpSyntaxTree.ParseText(snippet.Text)],
            [.. GeneratorRun.Runtime, .. new[] { typeof(ISearchStrategy), typeof(Graph) }.Select(t => MetadataReference.CreateFromFile(t.Assembly.Location))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly);
        Assert.IsTrue(emitted.Success, string.Join('\n', emitted.Diagnostics));
        Type type = System.Reflection.Assembly.Load(assembly.ToArray()).GetType("WidthStrategy", throwOnError: true)!;

        var strategy = (ISearchStrategy)Activator.CreateInstance(type, new StrategyContext(new NanoNasSpace(), c => c["k"] <= 3, Seed: 1))!;
        var asked = new List<Configuration>();
        while (strategy.Ask() is { } next)
        {
            asked.Add(next.Configuration);
            Assert.IsFalse(strategy.IsFinished);
            strategy.Tell(new TrialResult(next, TrialOutcome.Completed, next.Configuration["k"] == 2 ? 0.9 : 0.5, TrialResult.NoScalars));
        }
        Assert.HasCount(3, asked);
        Assert.IsTrue(strategy.IsFinished);
        Assert.AreEqual(2, strategy.Best!.Configuration["k"]);
    }

    [TestMethod]
    public void EveryProgramInCSharpIsTestedHere() => Assert.HasCount(2, Page.Snippets("csharp"));
}
