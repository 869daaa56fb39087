using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>What every search space keeps to; its tests inherit this.</summary>
public abstract class SearchSpaceContract
{
    protected abstract ISearchSpace Space { get; }

    /// <summary>Configurations that exist for every input of <see cref="Inputs"/>, the smallest among them.</summary>
    protected abstract IEnumerable<Configuration> Possible { get; }

    protected abstract IEnumerable<Configuration> Impossible { get; }

    protected virtual IEnumerable<Shape> Inputs => [new(50, 50, 3), new(32, 40, 1), new(1, 100, 6)];

    [TestMethod]
    public void ItIsFoundByItsName() => Assert.AreEqual(Space.GetType(), SpaceRegistry.Find(Space.Name).GetType());

    [TestMethod]
    public void EveryPossibleConfigurationIsANetworkOfTheRightEnds()
    {
        foreach (Shape input in Inputs)
        {
            foreach (Configuration configuration in Possible)
            {
                Network? network = Space.Build(configuration, input, 7);
                Assert.IsNotNull(network, $"{configuration} for {input}");
                Assert.AreEqual(input, network.Input);
                Assert.AreEqual(new Shape(1, 1, 7), network.Shapes()[^1]);
            }
        }
    }

    [TestMethod]
    public void AnImpossibleConfigurationIsNoNetwork()
    {
        foreach (Shape input in Inputs)
            foreach (Configuration configuration in Impossible)
                Assert.IsNull(Space.Build(configuration, input, 2), $"{configuration} for {input}");
    }

    [TestMethod]
    public void TheSmallestConfigurationNeedsTheFewestMacsAndParameters()
    {
        foreach (Shape input in Inputs)
        {
            (long macs, long parameters) = NetworkSize.Of(Space.Build(Space.Smallest, input, 2)!);
            foreach (Configuration configuration in Possible)
            {
                (long otherMacs, long otherParameters) = NetworkSize.Of(Space.Build(configuration, input, 2)!);
                Assert.IsTrue(macs <= otherMacs && parameters <= otherParameters, $"{configuration} for {input}");
            }
        }
    }

    [TestMethod]
    public void BuildingTwiceGivesTheSameNetwork()
    {
        foreach (Configuration configuration in Possible)
            CollectionAssert.AreEqual(
                Space.Build(configuration, new Shape(50, 50, 3), 2)!.Layers, Space.Build(configuration, new Shape(50, 50, 3), 2)!.Layers);
    }
}
