using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Tool.Builds;

namespace TinyNas.Tool.Tests;

[TestClass]
public class QuantisationWarningTests
{
    private static ModelCard Card(double floats, double integers) => new("Gesture")
    {
        Metrics = System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty.Add("accuracyFloat", floats).Add("accuracyInt8", integers),
        Noise = [new("conv_0", 41), new("conv_1", 22.25), new("mean_0", 24), new("dense_0", 20)],
    };

    [TestMethod]
    public void TheOperatorBehindWhichMostIsLostIsNamed()
    {
        TinyNasException warning = QuantisationWarning.For(Card(0.9, 0.86), 2)!;
        Assert.AreEqual("TNAS1221", warning.Diagnostic.Code);
        Assert.IsTrue(warning.Diagnostic.IsWarning);
        Assert.AreEqual("Quantisation", warning.Setting);
        StringAssert.Contains(warning.Message, "'Gesture' loses 4.0 points");
        StringAssert.Contains(warning.Message, "conv_1 (22.3 dB");
    }

    [TestMethod]
    public void NothingIsSaidWhereLittleIsLostOrNothingIsKnown()
    {
        Assert.IsNull(QuantisationWarning.For(Card(0.9, 0.885), 2));
        Assert.IsNull(QuantisationWarning.For(Card(0.9, 0.86), 5));
        Assert.IsNull(QuantisationWarning.For(new ModelCard("Foreign"), 2));
    }
}
