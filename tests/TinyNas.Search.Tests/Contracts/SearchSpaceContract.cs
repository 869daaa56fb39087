using TinyNas.Deploy;
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

    [TestMethod]
    public void EveryDrawnConfigurationIsOfTheSpaceAndEitherANetworkThatLowersOrImpossible()
    {
        RandomStream random = new(3, 1);
        int networks = 0;
        for (int i = 0; i < 60; i++)
        {
            Configuration drawn = Space.Parameters.Sample(ref random);
            Assert.IsTrue(Space.Parameters.Contains(drawn), drawn.ToString());
            foreach (Shape input in Inputs)
            {
                if (Space.Build(drawn, input, 7) is not { } network) continue;
                Graph graph = Lowering.Skeleton(network);
                Assert.AreEqual(NetworkSize.Of(network).Macs, ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4").Macs, drawn.ToString());
                networks++;
            }
        }
        Assert.IsGreaterThan(10, networks);
    }

    [TestMethod]
    public void NeighboursAreOtherConfigurationsOfTheSpaceEachOnce()
    {
        RandomStream random = new(4, 1);
        for (int i = 0; i < 30; i++)
        {
            Configuration drawn = Space.Parameters.Sample(ref random);
            Configuration[] neighbours = [.. Space.Neighbours(drawn)];
            Assert.IsNotEmpty(neighbours);
            CollectionAssert.AllItemsAreUnique(neighbours);
            CollectionAssert.DoesNotContain(neighbours, drawn);
            foreach (Configuration neighbour in neighbours) Assert.IsTrue(Space.Parameters.Contains(neighbour), $"{drawn} to {neighbour}");
        }
    }

    [TestMethod]
    public void DifferentConfigurationsAreEncodedAsDifferentPointsOfTheUnitCube()
    {
        RandomStream random = new(5, 1);
        var points = new Dictionary<string, Configuration>();
        for (int i = 0; i < 100; i++)
        {
            Configuration drawn = Space.Parameters.Sample(ref random);
            double[] point = Space.Parameters.Encode(drawn);
            Assert.HasCount(Space.Parameters.Dimension, point);
            Assert.IsTrue(point.All(x => x is >= 0 and <= 1), drawn.ToString());
            string key = string.Join(' ', point);
            Assert.AreEqual(drawn, points.GetValueOrDefault(key, drawn));
            points[key] = drawn;
        }
    }

    [TestMethod]
    public void TheSmallestConfigurationIsOfTheSpace() => Assert.IsTrue(Space.Parameters.Contains(Space.Smallest));
}
