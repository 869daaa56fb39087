using System.Globalization;
using System.Text;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Generators.Tests;

/// <summary>The bindings file itself.</summary>
[TestClass]
public class FormatTests
{
    private static readonly ModelCard Card = new("Hand Gesture")
    {
        Labels = ["ein", "zwei"],
        Input = new InputEncoding(ElementType.Float32, [1.5f, float.Epsilon], [0.1f, 3e38f], 0.02f, -7),
    };

    [TestMethod]
    public void TheFileIsAFunctionOfItsArgumentsUnderAnyCulture()
    {
        byte[] Write() => BindingsWriter.Write(RandomGraph.Classifier(2, 5, 5, 2, 2), Card, Samples.Estimate, "App").Content.ToArray();

        byte[] expected = Write();
        CultureInfo before = CultureInfo.CurrentCulture;
        // Commas for points, another minus sign, as in Swedish; made by hand because the tests run without culture data.
        var swedish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        swedish.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "\u2212" };
        try
        {
            CultureInfo.CurrentCulture = swedish;
            CollectionAssert.AreEqual(expected, Write());
            string source = GeneratorRun.Of(BindingsWriter.Write(RandomGraph.Classifier(2, 5, 5, 2, 2), Card, Samples.Estimate, "App")).Run().Source("Model");
            CultureInfo.CurrentCulture = before;
            Assert.AreEqual(GeneratorRun.Of(BindingsWriter.Write(RandomGraph.Classifier(2, 5, 5, 2, 2), Card, Samples.Estimate, "App")).Run().Source("Model"), source);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void TheFileIsAsciiWithUnixLineEndsAndNamedAfterTheModel()
    {
        EmittedFile file = BindingsWriter.Write(RandomGraph.Classifier(2, 5, 5, 2, 2), Card, Samples.Estimate, "App");
        Assert.AreEqual("hand_gesture.bindings.txt", file.Name);
        Assert.IsTrue(file.Content.ToArray().All(b => b is (byte)'\n' or >= (byte)' ' and <= (byte)'~'));
        StringAssert.StartsWith(file.Text(), "tinynas-bindings 1\nhash ");
        StringAssert.EndsWith(file.Text(), "\nend\n");
    }

    [TestMethod]
    public void WindowsLineEndsChangeNothing()
    {
        GeneratorRun run = GeneratorRun.Of(Samples.Classifier("Net", "a", "b"));
        string expected = run.Run().Source("Model");
        GeneratorRun windows = new() { Files = [(run.Files[0].Path, run.Files[0].Text.Replace("\n", "\r\n", StringComparison.Ordinal))] };
        Assert.AreEqual(expected, windows.Run().Source("Model"));
    }

    [TestMethod]
    public void GeneratedTextHasUnixLineEndsEverywhere() => Assert.IsTrue(
        GeneratorRun.Of(Samples.Classifier("Net", "a", "b")).Run().Run.GeneratedSources.All(s => !s.SourceText.ToString().Contains('\r')));

    [TestMethod]
    public void LabelsThatAreNotOnePerOutputAreRefused() => Assert.ThrowsExactly<ArgumentException>(
        () => BindingsWriter.Write(RandomGraph.Classifier(2, 5, 5, 2, 3), Card, Samples.Estimate, "App"));

    [TestMethod]
    public void AnOperatorWithoutAKernelIsRefused()
    {
        var builder = new GraphBuilder();
        int input = builder.Activation("in", ElementType.Int8, [1, 4], Quantization.PerTensor(1, 0));
        int output = builder.Activation("out", ElementType.Int8, [1, 4], Quantization.PerTensor(1, 0));
        builder.Add(OperatorCode.UnidirectionalSequenceLstm, [input], [output], OperatorOptions.None);
        var refused = Assert.ThrowsExactly<TinyNasException>(() => BindingsWriter.Write(builder.Build([input], [output]), new ModelCard("Net"), Samples.Estimate, "App"));
        Assert.AreEqual("TNAS0302", refused.Diagnostic.Code);
    }
}
