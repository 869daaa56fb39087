using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class RegularisationTests
{
    private static Network Net(int k, int c) => new NanoNasSpace().Build(NanoNasSpace.At(k, c), new Shape(50, 50, 3), 10)!;

    [TestMethod]
    public void ANetworkWithFewFeaturesIsLeftAsItIs()
    {
        Network network = Net(3, 4);
        Assert.AreSame(network, Regularisation.ForLongTraining(network));
    }

    [TestMethod]
    [DataRow(4, 4, 1 - 16.0 / 17)]
    [DataRow(5, 4, 1 - 16.0 / 22)]
    [DataRow(8, 5, 0.5)]
    public void DropoutLeavesSixteenFeaturesOnAverageAndNeverTakesMoreThanHalf(int k, int c, double rate)
    {
        Network before = Net(k, c), after = Regularisation.ForLongTraining(before);
        Assert.AreEqual(new Dropout(rate), after.Layers[^2]);
        CollectionAssert.AreEqual(before.Layers, after.Layers.RemoveAt(after.Layers.Length - 2));
    }
}
