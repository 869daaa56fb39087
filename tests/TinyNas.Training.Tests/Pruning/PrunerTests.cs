using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Pruning;

[TestClass]
public sealed class PrunerTests
{
    private static readonly Shape Input = new(12, 12, 1);
    private static readonly ArraySource Samples = ArraySource.Stripes(Input, 3, 768), Tests = ArraySource.Stripes(Input, 3, 512, 9);
    private static readonly TrainingOptions Options = new() { Seed = 2, Epochs = 24, LearningRate = 5e-3, Schedule = LearningRateSchedule.Cosine };
    private static readonly Lazy<TrainedNetwork> Trained = new(() => Train(null, Options));

    private static TrainedNetwork Train(TrainedNetwork? start, TrainingOptions options)
    {
        var trainer = new ManagedTrainer();
        using ITrainingRun run = start is null
            ? trainer.Begin(Networks.NanoNas(Input, 3, 8, 12), options, Samples) : trainer.Continue(start, options, Samples);
        while (run.Epoch < options.Epochs) Assert.IsNull(run.RunEpoch(CancellationToken.None).Diverged);
        return run.Snapshot();
    }

    private static TrainedNetwork Prune(PruningPlan plan, out Pruner pruner)
    {
        pruner = new Pruner(plan, new ManagedTrainer(), Options, Samples,
            (start, epochs, keepZeros, _) => Train(start, Options with { Epochs = epochs, LearningRate = 2e-3, KeepZeros = keepZeros }));
        return pruner.Run(Trained.Value, CancellationToken.None);
    }

    private static double Accuracy(TrainedNetwork trained)
    {
        var network = new FloatNetwork(trained);
        float[] sample = new float[Input.Count], logits = new float[3];
        int right = 0;
        for (int i = 0; i < Tests.Count; i++)
        {
            Tests.Read(i, 0, sample);
            network.Infer(sample, logits);
            if (Array.IndexOf(logits, logits.Max()) == Tests.Target(i)) right++;
        }
        return (double)right / Tests.Count;
    }

    [TestMethod]
    [DataRow(PruningMethod.Magnitude)]
    [DataRow(PruningMethod.BatchNorm)]
    [DataRow(PruningMethod.Taylor)]
    [DataRow(PruningMethod.Threshold)]
    public void ThreeTenthsOfTheChannelsGoAndTheTaskIsStillKnown(PruningMethod method)
    {
        TrainedNetwork pruned = Prune(new PruningPlan(0.3, method, Steps: 2, Epochs: 16), out Pruner pruner);
        Assert.AreEqual((20, 6), pruner.Channels);
        Assert.AreEqual(14, pruned.Network.Layers.OfType<Conv>().Sum(c => c.Filters));
        double before = Accuracy(Trained.Value), after = Accuracy(pruned);
        Assert.IsGreaterThan(0.8, before);
        Assert.IsGreaterThan(before - 0.06, after, $"{before} became {after}");
    }

    [TestMethod]
    public void PruningIsTheSameEveryTime()
    {
        string Text(TrainedNetwork t) => string.Join('\n', t.Parameters.SelectMany(p => p.OrderBy(x => x.Key).Select(x => x.Key + string.Join(' ', x.Value.Select(BitConverter.SingleToInt32Bits)))));
        foreach (PruningMethod method in (PruningMethod[])[PruningMethod.Taylor, PruningMethod.Threshold])
        {
            var plan = new PruningPlan(0.25, method, Steps: 1, Epochs: 2);
            Assert.AreEqual(Text(Prune(plan, out _)), Text(Prune(plan, out _)));
        }
    }

    [TestMethod]
    public void TaylorSparesTheChannelsThatTheLossDependsOn()
    {
        // A channel whose way out is cut does not matter to the loss, however large its filter is.
        TrainedNetwork trained = Trained.Value;
        int dense = trained.Network.Layers.Length - 1;
        var kernel = (float[])trained.Parameters[dense]["kernel"].Clone();
        for (int unit = 0; unit < 3; unit++)
            foreach (int cut in (int[])[4, 7]) kernel[unit * 12 + cut] = 0;
        trained = trained with { Parameters = trained.Parameters.SetItem(dense, trained.Parameters[dense].SetItem("kernel", kernel)) };
        var map = new ChannelMap(trained.Network);
        Dictionary<int, double> scores = ChannelScores.Of(PruningMethod.Taylor, trained, map, Options, Samples);
        int[] last = map.Of(dense - 1);
        CollectionAssert.AreEquivalent(new[] { last[4], last[7] }, scores.OrderBy(s => s.Value).Take(2).Select(s => s.Key).ToArray());
    }

    [TestMethod]
    public void UnstructuredZerosStayThroughTuningAndAreCountedWithTheirIndices()
    {
        TrainedNetwork pruned = Prune(new PruningPlan(0.8, PruningMethod.Unstructured, Steps: 2, Epochs: 6), out Pruner pruner);
        Assert.AreEqual(0.8, WeightRemoval.Zeros(pruned.Parameters), 0.01);
        Assert.AreEqual((20, 0), pruner.Channels);
        Graph sparse = Quantiser.Quantise(pruned, InputEncoding.CameraBytes(1), Samples, new QuantisationOptions());
        Assert.IsLessThan(SparseSize.Dense(sparse), SparseSize.OfWeights(sparse));
    }

    [TestMethod]
    public void IndicesAreCountedInTheCheapestForm()
    {
        Assert.AreEqual(4, SparseSize.Of([1, 2, 3, 4]), "dense");
        sbyte[] half = [.. Enumerable.Range(0, 64).Select(i => (sbyte)(i % 2))];
        Assert.AreEqual(8 + 32, SparseSize.Of(half), "a bitmap");
        var rare = new sbyte[1000];
        rare[3] = rare[900] = 7;
        // 3 zeros and a value; 255 zeros and a zero thrice; 128 zeros and a value.
        Assert.AreEqual(2 * (2 + 3), SparseSize.Of(rare), "gaps");
    }
}
