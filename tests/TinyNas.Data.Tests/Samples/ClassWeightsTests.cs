using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public sealed class ClassWeightsTests
{
    private static readonly DataSet Data = new()
    {
        Shape = new Shape(1, 1, 1), ElementType = ElementType.Float32, Floats = new float[8], Targets = [0, 0, 0, 0, 0, 1, 1, 2],
        Labels = ["walk", "fall = down", "sit"], ContentHash = "",
    };

    [TestMethod]
    public void BalancedWeightsGiveEachClassTheSameSum()
    {
        var weights = ClassWeights.Parse("Balanced", Data);
        Assert.AreEqual(8 / 15.0, weights[0]);
        Assert.AreEqual(5 * weights[0], 2 * weights[1], 1e-12);
        Assert.AreEqual(5 * weights[0], weights[2], 1e-12);
        Assert.AreEqual(8, Data.Targets.Sum(t => weights[t]), 1e-12);
    }

    [TestMethod]
    public void NamedClassesGetTheirFactorOthersOne() =>
        CollectionAssert.AreEqual(new[] { 1, 10, 0.5 }, ClassWeights.Parse("fall = down=10, sit=0.5", Data).ToArray());

    [TestMethod]
    [DataRow("run=2")]
    [DataRow("walk")]
    [DataRow("walk=0")]
    [DataRow("walk=much")]
    [DataRow("even")]
    public void AnythingElseIsRefused(string text)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => ClassWeights.Parse(text, Data));
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        Assert.AreEqual("ClassWeights", problem.Setting);
    }
}
