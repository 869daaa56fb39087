using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>A network of any space can go on with the weights of any neighbour.</summary>
[TestClass]
public sealed class InheritanceTests
{
    private static readonly DataSet Bars = BarsData.Images(32, 1);
    private static readonly SampleSource Samples = new(Bars, [.. Enumerable.Range(0, 32)], Normaliser.Fit(Bars, [0]), Augmentation.None, 1);

    [TestMethod]
    public void EveryNeighbourInheritsWeightsThatTheTrainerTakes()
    {
        var trainer = new ManagedTrainer();
        int tried = 0;
        foreach (ISearchSpace space in SpaceRegistry.All)
        {
            RandomStream random = RandomStream.Create(4, RandomStream.KeyOf(space.Name));
            Configuration at = space.Smallest;
            for (int step = 0; step < 8; step++)
            {
                TrainedNetwork parent = Fresh(trainer, space.Build(at, Bars.Shape, 2)!);
                Configuration[] neighbours = [.. space.Neighbours(at).Where(n => space.Build(n, Bars.Shape, 2) is not null)];
                foreach (Configuration neighbour in neighbours.Where((_, i) => i % 3 == step % 3))
                {
                    Network network = space.Build(neighbour, Bars.Shape, 2)!;
                    TrainedNetwork heir = Inheritance.Inherit(parent, network, 1);
                    using ITrainingRun run = trainer.Continue(heir, new TrainingOptions(), Samples);
                    TrainedNetwork begun = run.Snapshot();
                    for (int i = 0; i < network.Layers.Length; i++)
                        CollectionAssert.AreEquivalent(begun.Parameters[i].Keys.ToArray(), heir.Parameters[i].Keys.ToArray(), $"{space.Name} {at} to {neighbour}, layer {i}");
                    Assert.IsTrue(heir.Parameters.SelectMany(p => p.Values).SelectMany(v => v).All(float.IsFinite));
                    tried++;
                }
                at = neighbours[random.NextInt(neighbours.Length)];
            }
        }
        Assert.IsGreaterThan(60, tried);
    }

    private static TrainedNetwork Fresh(ManagedTrainer trainer, Network network)
    {
        using ITrainingRun run = trainer.Begin(network, new TrainingOptions { Seed = 7 }, Samples);
        return run.Snapshot();
    }
}
