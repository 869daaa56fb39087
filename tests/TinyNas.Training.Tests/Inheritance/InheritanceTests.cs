using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Inherited;

[TestClass]
public sealed class InheritanceTests
{
    private static readonly Shape Input = new(12, 10, 3);

    private static Network Plain(int a, int b, int c) => Networks.NanoNas(Input, 4, a, b, c);

    private static readonly Network Skipping = new(Input,
    [
        new Conv(6, 3, 3), new BatchNorm(), new Relu(),
        new Conv(6, 3, 3) { Groups = 6 }, new BatchNorm(), new Relu(), new Conv(6, 1, 1), new BatchNorm(), new Add { Inputs = [2, 7] }, new Relu(),
        new GlobalAveragePool(), new Dense(4),
    ]);

    private static float[] Scores(TrainedNetwork trained, ulong seed)
    {
        ArraySource samples = ArraySource.Noise(Input, 4, 1, seed);
        float[] sample = new float[Input.Count], scores = new float[4];
        samples.Read(0, 0, sample);
        new FloatNetwork(trained).Infer(sample, scores);
        return scores;
    }

    private static void AssertSame(TrainedNetwork parent, Network child, string what)
    {
        TrainedNetwork heir = Inheritance.Inherit(parent, child, 1, noise: 0);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            float[] expected = Scores(parent, seed), actual = Scores(heir, seed);
            for (int i = 0; i < 4; i++) Assert.AreEqual(expected[i], actual[i], 2e-3 * Math.Max(1, Math.Abs(expected[i])), what);
        }
    }

    [TestMethod]
    public void TheSameNetworkIsTheSame()
    {
        foreach (Network network in (Network[])[Plain(4, 6, 8), Skipping])
        {
            TrainedNetwork parent = Quantisation.Networks.Trained(network, 3), heir = Inheritance.Inherit(parent, network, 1);
            for (int i = 0; i < network.Layers.Length; i++)
                foreach (var (name, values) in parent.Parameters[i]) CollectionAssert.AreEqual(values, heir.Parameters[i][name], $"{name} of layer {i}");
        }
    }

    [TestMethod]
    public void WiderLayersComputeTheSame()
    {
        TrainedNetwork parent = Quantisation.Networks.Trained(Plain(4, 6, 8), 5);
        AssertSame(parent, Plain(7, 6, 8), "first layer");
        AssertSame(parent, Plain(4, 13, 8), "more than twice as wide");
        AssertSame(parent, Plain(6, 9, 12), "all");
        TrainedNetwork skipping = Quantisation.Networks.Trained(Skipping, 5);
        ImmutableArray<Layer> wider = [.. Skipping.Layers.Select(l => l is Conv c ? c with { Filters = 9, Groups = c.Groups > 1 ? 9 : 1 } : l)];
        AssertSame(skipping, Skipping with { Layers = wider }, "a residual block");
    }

    [TestMethod]
    public void LargerKernelsComputeTheSame()
    {
        Network child = Plain(4, 6, 8) with { Layers = [.. Plain(4, 6, 8).Layers.Select(l => l is Conv c ? c with { KernelHeight = 5, KernelWidth = 5 } : l)] };
        AssertSame(Quantisation.Networks.Trained(Plain(4, 6, 8), 6), child, "5 x 5 from 3 x 3");
    }

    [TestMethod]
    public void ANewLayerHandsOnWhatItReads()
    {
        TrainedNetwork parent = Quantisation.Networks.Trained(Plain(4, 6, 8), 7);
        Layer[] layers = [.. parent.Network.Layers];
        // Behind the second ReLU: a convolution, its normalisation and its ReLU, as a deeper network has them.
        Network deeper = parent.Network with { Layers = [.. layers[..7], new Conv(6, 3, 3), new BatchNorm(Epsilon: 1e-7), new Relu(), .. layers[7..]] };
        AssertSame(parent, deeper, "deeper");
        Network separable = parent.Network with { Layers = [.. layers[..7], new Conv(6, 3, 3) { Groups = 6 }, new BatchNorm(Epsilon: 1e-7), new Relu(), .. layers[7..]] };
        AssertSame(parent, separable, "a depthwise convolution more");
    }

    [TestMethod]
    public void NarrowerLayersKeepTheirLargestFilters()
    {
        TrainedNetwork parent = Quantisation.Networks.Trained(Plain(4, 6, 8), 8);
        // Two filters are so small that they cannot matter, and nothing reads them.
        int[] dead = [1, 4];
        parent = parent with
        {
            Parameters = [.. parent.Parameters.Select((p, i) => p.ToImmutableDictionary(v => v.Key, v => v.Value.Select((value, j) =>
                i == 4 && v.Key == "kernel" && dead.Contains(j / (9 * 4)) || i == 5 && v.Key is "gamma" or "beta" && i == 5 && dead.Contains(j) ? value * 1e-6f : value).ToArray()))],
        };
        AssertSame(parent, Plain(4, 4, 8), "two filters less");
    }

    [TestMethod]
    public void RepeatedFiltersAreNotEqualWhenTheyAreToBeTrained()
    {
        TrainedNetwork heir = Inheritance.Inherit(Quantisation.Networks.Trained(Plain(4, 6, 8), 5), Plain(8, 6, 8), 1);
        float[] kernel = heir.Parameters[0]["kernel"];
        for (int f = 0; f < 4; f++) CollectionAssert.AreNotEqual(kernel[(f * 27)..(f * 27 + 27)], kernel[((f + 4) * 27)..((f + 4) * 27 + 27)]);
    }

    [TestMethod]
    public void AnHeirLearnsFasterThanAFreshNetwork()
    {
        ArraySource samples = ArraySource.Stripes(Input, 4, 480);
        var options = new TrainingOptions { Seed = 3, Epochs = 12, LearningRate = 5e-3 };
        var trainer = new ManagedTrainer();
        using ITrainingRun first = trainer.Begin(Plain(4, 6, 8), options, samples);
        while (first.Epoch < 12) first.RunEpoch(default);
        Network child = Plain(5, 8, 10);
        using ITrainingRun heir = trainer.Continue(Inheritance.Inherit(first.Snapshot(), child, 9), options, samples), fresh = trainer.Begin(child, options, samples);
        double inherited = heir.RunEpoch(default).Loss, afresh = fresh.RunEpoch(default).Loss;
        Assert.IsLessThan(0.8 * afresh, inherited);
    }
}
