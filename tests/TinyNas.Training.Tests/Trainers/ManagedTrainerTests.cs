using TinyNas.Model;

namespace TinyNas.Training.Tests;

[TestClass]
public class ManagedTrainerTests
{
    private static readonly Network Small = Networks.NanoNas(new Shape(12, 12, 2), 2, 3, 5);

    [TestMethod]
    public void AStepAllocatesNothing()
    {
        foreach (Network network in new[] { Small, Networks.Mixed, Networks.Temporal })
        {
            ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, 640);
            using ITrainingRun run = new ManagedTrainer().Begin(network, new TrainingOptions(), samples);
            run.RunEpoch(CancellationToken.None);
            long before = GC.GetAllocatedBytesForCurrentThread();
            run.RunEpoch(CancellationToken.None);
            long perEpoch = GC.GetAllocatedBytesForCurrentThread() - before;
            // An epoch of 40 steps returns one small record.
            Assert.IsLessThan(64, perEpoch, $"{perEpoch} bytes");
        }
    }

    [TestMethod]
    public void MemoryIsKnownBeforeTheRunBegins()
    {
        ArraySource samples = ArraySource.Noise(Small.Input, 2, 64);
        var trainer = new ManagedTrainer();
        long small = trainer.PlannedBytes(Small, new TrainingOptions { BatchSize = 16 }, samples);
        long large = trainer.PlannedBytes(Small, new TrainingOptions { BatchSize = 160 }, samples);
        long inputs = 16L * 14 * 14 * 2 * sizeof(float);
        Assert.IsGreaterThan(inputs, small);
        Assert.IsGreaterThan(small + 9 * inputs, large);
        Assert.IsLessThan(10 * small, large);
    }

    [TestMethod]
    public void ADataSetSmallerThanABatchIsRepeated()
    {
        using ITrainingRun run = new ManagedTrainer().Begin(Small, new TrainingOptions { BatchSize = 32 }, ArraySource.Noise(Small.Input, 2, 5));
        EpochResult result = run.RunEpoch(CancellationToken.None);
        Assert.AreEqual(32, result.Samples);
        Assert.IsTrue(double.IsFinite(result.Loss));
    }

    [TestMethod]
    public void EverySampleIsSeenInEveryEpoch()
    {
        var samples = new CountingSource(ArraySource.Noise(Small.Input, 2, 53));
        using ITrainingRun run = new ManagedTrainer().Begin(Small, new TrainingOptions { BatchSize = 16 }, samples);
        run.RunEpoch(CancellationToken.None);
        Assert.AreEqual(64, samples.Reads.Sum());
        Assert.AreEqual(1, samples.Reads.Min());
        Assert.AreEqual(2, samples.Reads.Max());
    }

    [TestMethod]
    public void ADivergedRunSaysWhy()
    {
        ArraySource samples = ArraySource.Noise(Small.Input, 2, 64);
        using ITrainingRun run = new ManagedTrainer().Begin(Small, new TrainingOptions { LearningRate = 1e30 }, samples);
        EpochResult result = run.RunEpoch(CancellationToken.None);
        Assert.IsNotNull(result.Diverged);
        StringAssert.Contains(result.Diverged, "epoch 1");
    }

    [TestMethod]
    public void CancellationEndsAnEpoch()
    {
        using ITrainingRun run = new ManagedTrainer().Begin(Small, new TrainingOptions(), ArraySource.Noise(Small.Input, 2, 64));
        Assert.ThrowsExactly<OperationCanceledException>(() => run.RunEpoch(new CancellationToken(canceled: true)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(20)]
    public void ABatchSizeThatDoesNotFillTheLanesIsADiagnostic(int batchSize)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() =>
            new ManagedTrainer().Begin(Small, new TrainingOptions { BatchSize = batchSize }, ArraySource.Noise(Small.Input, 2, 64)));
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        Assert.AreEqual("BatchSize", problem.Setting);
    }

    [TestMethod]
    public void ANetworkThatIsNoChainIsADiagnostic()
    {
        var branched = new Network(new Shape(4, 4, 1), [new Conv(2, 3, 3), new Conv(2, 3, 3) { Inputs = [-1] }, new Dense(2)]);
        var problem = Assert.ThrowsExactly<TinyNasException>(() =>
            new ManagedTrainer().Begin(branched, new TrainingOptions(), ArraySource.Noise(branched.Input, 2, 64)));
        StringAssert.Contains(problem.Message, "Conv (layer 1)");
    }

    [TestMethod]
    public void ACheckpointOfAnotherRunIsRefused()
    {
        ArraySource samples = ArraySource.Noise(Small.Input, 2, 64);
        var trainer = new ManagedTrainer();
        using var checkpoint = new MemoryStream();
        using (ITrainingRun run = trainer.Begin(Small, new TrainingOptions(), samples)) run.Save(checkpoint);
        checkpoint.Position = 0;
        Assert.ThrowsExactly<InvalidDataException>(() => trainer.Resume(Small, new TrainingOptions { Seed = 1 }, samples, checkpoint));
        checkpoint.Position = 0;
        checkpoint.SetLength(checkpoint.Length - 1);
        Assert.ThrowsExactly<InvalidDataException>(() => trainer.Resume(Small, new TrainingOptions(), samples, checkpoint));
    }

    [TestMethod]
    public void ASnapshotHasTheDocumentedParameters()
    {
        using ITrainingRun run = new ManagedTrainer().Begin(Small, new TrainingOptions(), ArraySource.Noise(Small.Input, 2, 64));
        TrainedNetwork trained = run.Snapshot();
        CollectionAssert.AreEquivalent(new[] { "kernel" }, trained.Parameters[0].Keys.ToArray());
        Assert.HasCount(3 * 3 * 3 * 2, trained.Parameters[0]["kernel"]);
        CollectionAssert.AreEquivalent(new[] { "gamma", "beta", "mean", "variance" }, trained.Parameters[1].Keys.ToArray());
        Assert.IsEmpty(trained.Parameters[2]);
        CollectionAssert.AreEquivalent(new[] { "kernel", "bias" }, trained.Parameters[^1].Keys.ToArray());
    }

    [TestMethod]
    public void MovingStatisticsAfterOneStepAreThoseOfTheBatch()
    {
        // One 1x1 convolution with weights known from the snapshot: its output's moments follow from the input's.
        var network = new Network(new Shape(3, 3, 1), [new Conv(1, 1, 1), new BatchNorm(), new Dense(2)]);
        ArraySource samples = ArraySource.Noise(network.Input, 2, 16);
        using ITrainingRun run = new ManagedTrainer().Begin(network, new TrainingOptions(), samples);
        double weight = run.Snapshot().Parameters[0]["kernel"][0];
        run.RunEpoch(CancellationToken.None);
        var values = new List<double>();
        var sample = new float[9];
        for (int i = 0; i < 16; i++)
        {
            samples.Read(i, 0, sample);
            values.AddRange(sample.Select(v => v * weight));
        }
        double mean = values.Average();
        Assert.AreEqual(mean, run.Snapshot().Parameters[1]["mean"][0], 1e-6);
        Assert.AreEqual(values.Average(v => (v - mean) * (v - mean)), run.Snapshot().Parameters[1]["variance"][0], 1e-5);
    }

    [TestMethod]
    public void AnAutoencoderLearnsToReconstruct()
    {
        var network = new Network(new Shape(1, 1, 20), [new Dense(12), new Relu(), new Dense(20)]);
        BenchmarkResult result = TrainingBenchmark.Run(network, LossKind.Reconstruction, 32, 0.2, CancellationToken.None);
        Assert.IsLessThan(result.FirstLoss / 2, result.LastLoss);
        Assert.AreEqual(2 * 20 * 12 + 3 * 12 * 20, TrainingBenchmark.TrainingMacs(network));
    }

    private sealed class CountingSource(ArraySource source) : TinyNas.Data.ISampleSource
    {
        public int[] Reads { get; } = new int[source.Count];
        public Shape Shape => source.Shape;
        public int Count => source.Count;
        public int Classes => source.Classes;
        public int Target(int index) => source.Target(index);

        public void Read(int index, int epoch, Span<float> destination)
        {
            Reads[index]++;
            source.Read(index, epoch, destination);
        }
    }
}
