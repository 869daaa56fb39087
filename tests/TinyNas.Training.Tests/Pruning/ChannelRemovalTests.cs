using System.Collections.Immutable;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Pruning;

[TestClass]
public sealed class ChannelRemovalTests
{
    /// <summary>Every way in which channels hang together: joins, depthwise convolutions, a concatenation, an excitation, dense layers over a map.</summary>
    private static readonly Network Tangled = new(new Shape(8, 8, 3),
    [
        new Conv(6, 3, 3), new BatchNorm(), new Relu(),
        new Conv(6, 3, 3) { Groups = 6, Bias = true }, new Relu(), new Conv(6, 1, 1), new BatchNorm(), new Add { Inputs = [2, 6] }, new Relu(),
        new Conv(5, 3, 3) { StrideHeight = 2, StrideWidth = 2, Bias = true }, new Relu(), new AveragePool(2, 2),
        new Conv(4, 3, 3) { StrideHeight = 4, StrideWidth = 4, Inputs = [8] }, new Concatenate { Inputs = [11, 12] },
        new GlobalAveragePool(), new Dense(9) { Bias = true }, new Multiply { Inputs = [13, 15] },
        new Dense(7), new Relu(), new Dense(3),
    ]);

    private static int[] RemovableOf(Network network) => new ChannelMap(network).Removable;

    [TestMethod]
    public void JoinedChannelsCountOnce()
    {
        // 6 of the residual block, 5, 4, 7 hidden units; the excitation's units hang on the concatenated channels.
        Assert.HasCount(6 + 5 + 4 + 7, RemovableOf(Tangled));
        Assert.HasCount(8 + 16, RemovableOf(Networks.NanoNas(new Shape(8, 8, 1), 3, 8, 16)));
    }

    /// <summary>A channel whose weights are all zero gives nothing, so the network without it must give the same.</summary>
    [TestMethod]
    public void ANetworkWithoutDeadChannelsGivesTheSameLosses()
    {
        var map = new ChannelMap(Tangled);
        RandomStream random = RandomStream.Create(3);
        for (int round = 0; round < 20; round++)
        {
            TrainedNetwork trained = Quantisation.Networks.Trained(Tangled, (ulong)round);
            var removed = map.Removable.Where(_ => random.NextInt(3) == 0).ToHashSet();
            if (Enumerable.Range(0, Tangled.Layers.Length).Any(i => map.Of(i).All(removed.Contains))) continue;
            TrainedNetwork dead = Silence(trained, map, removed), smaller = ChannelRemoval.Without(trained, map, removed);
            ArraySource samples = ArraySource.Noise(Tangled.Input, 3, 16, (ulong)round);
            double[] expected = Losses(dead, samples), actual = Losses(smaller, samples);
            // One group is an ordinary convolution, whose channel is its own.
            if (smaller.Network.Layers[3] is Conv { Groups: > 1 }) Assert.AreEqual(map.Removable.Length - removed.Count, RemovableOf(smaller.Network).Length);
            for (int i = 0; i < expected.Length; i++) Assert.AreEqual(expected[i], actual[i], 1e-6 * expected[i], $"round {round}");
        }
    }

    [TestMethod]
    public void WhatIsRemovedIsGoneFromTheFirmware()
    {
        TrainedNetwork trained = Quantisation.Networks.Trained(Networks.NanoNas(new Shape(16, 16, 3), 4, 8, 16, 24), 1);
        var map = new ChannelMap(trained.Network);
        HashSet<int> removed = ChannelSelection.Least(map, ChannelScores.Of(PruningMethod.Magnitude, trained, map, new TrainingOptions(), null!), 16);
        Assert.HasCount(16, removed);
        ResourceEstimate before = Estimate(trained.Network), after = Estimate(ChannelRemoval.Without(trained, map, removed).Network);
        Assert.IsLessThan(before.Macs, after.Macs);
        Assert.IsLessThan(before.RamC, after.RamC);
        Assert.IsLessThan(before.ConstantBytes, after.ConstantBytes);
    }

    [TestMethod]
    public void ALayerKeepsAFifthOfItsChannels()
    {
        TrainedNetwork trained = Quantisation.Networks.Trained(Networks.NanoNas(new Shape(8, 8, 1), 3, 10, 20), 1);
        var map = new ChannelMap(trained.Network);
        HashSet<int> removed = ChannelSelection.Least(map, ChannelScores.Of(PruningMethod.BatchNorm, trained, map, new TrainingOptions(), null!), 30);
        Network smaller = ChannelRemoval.Without(trained, map, removed).Network;
        CollectionAssert.AreEqual(new[] { 2, 4 }, smaller.Layers.OfType<Conv>().Select(c => c.Filters).ToArray());
    }

    private static ResourceEstimate Estimate(Network network)
    {
        Graph graph = Lowering.Skeleton(network);
        return ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4");
    }

    /// <summary>Sets everything that makes a channel to zero.</summary>
    private static TrainedNetwork Silence(TrainedNetwork trained, ChannelMap map, HashSet<int> removed) => trained with
    {
        Parameters =
        [
            .. trained.Parameters.Select((layer, i) => layer.ToImmutableDictionary(p => p.Key, p =>
            {
                int[] channels = map.Of(i);
                return p.Value.Select((v, j) => p.Key != "variance" && removed.Contains(channels[(int)((long)j * channels.Length / p.Value.Length)]) ? 0 : v).ToArray();
            })),
        ],
    };

    /// <summary>Of the trainer's own forward pass, if all samples were of one class or another: as many figures as there are scores.</summary>
    private static double[] Losses(TrainedNetwork trained, ArraySource samples)
    {
        using var plan = new TrainingPlan(trained.Network, new TrainingOptions { BatchSize = 16 }, KernelSet.Best);
        plan.Commit(trained);
        var loader = new BatchLoader(samples, plan.Input, 16, 1);
        loader.BeginEpoch(0);
        loader.Load(0);
        return [.. Enumerable.Range(0, 3).Select(c => plan.ForwardBackward([.. Enumerable.Repeat(c, 16)], 0))];
    }
}
