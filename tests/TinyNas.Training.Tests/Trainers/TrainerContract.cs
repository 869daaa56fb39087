using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>What every <see cref="ITrainer"/> keeps. A trainer's test class inherits this.</summary>
public abstract class TrainerContract
{
    private static readonly Network Small = Networks.NanoNas(new Shape(12, 12, 2), 2, 3, 5);

    protected abstract ITrainer Create();

    [TestMethod]
    public void ARunBeginsWithTheWeightsThatItIsGiven()
    {
        Network network = Networks.Separable;
        ArraySource samples = ArraySource.Noise(network.Input, 3, 32);
        TrainedNetwork start = Quantisation.Networks.Trained(network, 5);
        using ITrainingRun run = Create().Continue(start, new TrainingOptions { Seed = 1 }, samples);
        TrainedNetwork snapshot = run.Snapshot();
        for (int i = 0; i < start.Parameters.Length; i++)
            foreach (var (name, values) in start.Parameters[i]) CollectionAssert.AreEqual(values, snapshot.Parameters[i][name], $"{name} of layer {i}");
        run.RunEpoch(CancellationToken.None);
        CollectionAssert.AreNotEqual(start.Parameters[0]["kernel"], run.Snapshot().Parameters[0]["kernel"]);
    }

    [TestMethod]
    public void ASmallTaskIsLearntInSeconds()
    {
        ArraySource samples = ArraySource.Stripes(new Shape(16, 16, 1), 3, 480);
        Network network = Networks.NanoNas(samples.Shape, 3, 8, 12);
        var options = new TrainingOptions { Epochs = 25, LearningRate = 1e-2, Schedule = LearningRateSchedule.Cosine };
        using ITrainingRun run = Create().Begin(network, options, samples);
        for (int epoch = 0; epoch < options.Epochs; epoch++) Assert.IsNull(run.RunEpoch(CancellationToken.None).Diverged);
        Assert.IsGreaterThan(0.95, Accuracy(run.Snapshot(), samples));
    }

    [TestMethod]
    [DataRow("adam")]
    [DataRow("sgd")]
    [DataRow("sgd, pytorch, momentum=0.9, nesterov, decay=1e-3, clip-norm=0.5")]
    [DataRow("adamw, average=0.9")]
    [DataRow("adamax")]
    [DataRow("rmsprop, momentum=0.8")]
    [DataRow("adagrad, clip-value=0.1")]
    [DataRow("adadelta, pytorch")]
    public void ARunThatWasPausedEndsInTheSameBits(string optimizer)
    {
        Network network = Networks.Mixed;
        var options = new TrainingOptions
        {
            Seed = 4, BatchSize = 32, Epochs = 4, Schedule = LearningRateSchedule.Cosine, Optimizer = OptimizerText.Parse(optimizer),
        };
        ArraySource samples = ArraySource.Noise(network.Input, 3, 70);
        using ITrainingRun whole = Create().Begin(network, options, samples);
        for (int epoch = 0; epoch < 4; epoch++) whole.RunEpoch(CancellationToken.None);

        using var checkpoint = new MemoryStream();
        using (ITrainingRun first = Create().Begin(network, options, samples))
        {
            first.RunEpoch(CancellationToken.None);
            first.RunEpoch(CancellationToken.None);
            first.Save(checkpoint);
        }
        checkpoint.Position = 0;
        using ITrainingRun second = Create().Resume(network, options, samples, checkpoint);
        Assert.AreEqual(2, second.Epoch);
        second.RunEpoch(CancellationToken.None);
        second.RunEpoch(CancellationToken.None);
        CollectionAssert.AreEqual(TrainedBytes.Of(whole.Snapshot()), TrainedBytes.Of(second.Snapshot()));
    }

    [TestMethod]
    public void ABranchedRunThatWasPausedEndsInTheSameBits()
    {
        Network network = Networks.Residual;
        var options = new TrainingOptions { Seed = 4, BatchSize = 32, Epochs = 2 };
        ArraySource samples = ArraySource.Noise(network.Input, 3, 70);
        using ITrainingRun whole = Create().Begin(network, options, samples);
        using var checkpoint = new MemoryStream();
        whole.RunEpoch(CancellationToken.None);
        whole.Save(checkpoint);
        whole.RunEpoch(CancellationToken.None);
        checkpoint.Position = 0;
        using ITrainingRun resumed = Create().Resume(network, options, samples, checkpoint);
        resumed.RunEpoch(CancellationToken.None);
        CollectionAssert.AreEqual(TrainedBytes.Of(whole.Snapshot()), TrainedBytes.Of(resumed.Snapshot()));
    }

    [TestMethod]
    public void EveryOptimiserLearnsASmallTask()
    {
        ArraySource samples = ArraySource.Stripes(new Shape(16, 16, 1), 3, 480);
        Network network = Networks.NanoNas(samples.Shape, 3, 8, 12);
        foreach (var (text, rate) in new[]
        {
            ("sgd, momentum=0.9", 0.1), ("adamw, decay=0.01", 0.012), ("adamax", 0.012), ("rmsprop", 0.004), ("adagrad", 0.12), ("adadelta", 4), ("adam, average=0.99", 0.012),
        })
        {
            Optimizer optimizer = OptimizerText.Parse(text);
            var options = new TrainingOptions { Epochs = 25, LearningRate = rate, Schedule = LearningRateSchedule.OneCycle, Optimizer = optimizer };
            using ITrainingRun run = Create().Begin(network, options, samples);
            for (int epoch = 0; epoch < options.Epochs; epoch++) Assert.IsNull(run.RunEpoch(CancellationToken.None).Diverged);
            Assert.IsGreaterThan(0.9, Accuracy(run.Snapshot(), samples), text);
        }
    }

    [TestMethod]
    public void ADataSetSmallerThanABatchIsRepeated()
    {
        using ITrainingRun run = Create().Begin(Small, new TrainingOptions { BatchSize = 32 }, ArraySource.Noise(Small.Input, 2, 5));
        EpochResult result = run.RunEpoch(CancellationToken.None);
        Assert.AreEqual(32, result.Samples);
        Assert.IsTrue(double.IsFinite(result.Loss));
    }

    [TestMethod]
    public void EverySampleIsSeenInEveryEpoch()
    {
        var samples = new CountingSource(ArraySource.Noise(Small.Input, 2, 53));
        using ITrainingRun run = Create().Begin(Small, new TrainingOptions { BatchSize = 16 }, samples);
        run.RunEpoch(CancellationToken.None);
        Assert.AreEqual(64, samples.Reads.Sum());
        Assert.AreEqual(1, samples.Reads.Min());
        Assert.AreEqual(2, samples.Reads.Max());
    }

    [TestMethod]
    public void ADivergedRunSaysWhy()
    {
        ArraySource samples = ArraySource.Noise(Small.Input, 2, 64);
        using ITrainingRun run = Create().Begin(Small, new TrainingOptions { LearningRate = 1e30 }, samples);
        EpochResult result = run.RunEpoch(CancellationToken.None);
        Assert.IsNotNull(result.Diverged);
        StringAssert.Contains(result.Diverged, "epoch 1");
    }

    [TestMethod]
    public void CancellationEndsAnEpoch()
    {
        using ITrainingRun run = Create().Begin(Small, new TrainingOptions(), ArraySource.Noise(Small.Input, 2, 64));
        Assert.ThrowsExactly<OperationCanceledException>(() => run.RunEpoch(new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public void ACheckpointOfAnotherRunIsRefused()
    {
        ArraySource samples = ArraySource.Noise(Small.Input, 2, 64);
        ITrainer trainer = Create();
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
        using ITrainingRun run = Create().Begin(Small, new TrainingOptions(), ArraySource.Noise(Small.Input, 2, 64));
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
        using ITrainingRun run = Create().Begin(network, new TrainingOptions(), samples);
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

    /// <summary>Share of the samples that the trained network, with its moving statistics, classifies as they are labelled.</summary>
    private static double Accuracy(TrainedNetwork trained, ArraySource samples)
    {
        var network = new FloatNetwork(trained);
        var logits = new float[samples.Classes];
        var sample = new float[samples.Shape.Count];
        int right = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            samples.Read(i, 0, sample);
            network.Infer(sample, logits);
            if (Array.IndexOf(logits, logits.Max()) == samples.Target(i)) right++;
        }
        return (double)right / samples.Count;
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
