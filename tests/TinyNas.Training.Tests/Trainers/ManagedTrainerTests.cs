using TinyNas.Model;

namespace TinyNas.Training.Tests;

[TestClass]
public class ManagedTrainerTests : TrainerContract
{
    private static readonly Network Small = Networks.NanoNas(new Shape(12, 12, 2), 2, 3, 5);

    protected override ITrainer Create() => new ManagedTrainer();

    [TestMethod]
    public void AStepAllocatesNothing()
    {
        foreach (Network network in new[] { Small, Networks.Mixed, Networks.Temporal, Networks.Residual, Networks.Grouped, Networks.Recurrent })
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
    public void ARunThatDoesNotFitIsADiagnosticBeforeItBegins()
    {
        ArraySource samples = ArraySource.Noise(Small.Input, 2, 64);
        long needed = new ManagedTrainer().PlannedBytes(Small, new TrainingOptions(), samples);
        using (new ManagedTrainer { MemoryLimit = needed }.Begin(Small, new TrainingOptions(), samples)) { }
        var problem = Assert.ThrowsExactly<TinyNasException>(() => new ManagedTrainer { MemoryLimit = needed - 1 }.Begin(Small, new TrainingOptions(), samples));
        Assert.AreEqual(("TNAS0205", "BatchSize"), (problem.Diagnostic.Code, problem.Setting));
        StringAssert.Contains(problem.Message, needed.ToString(System.Globalization.CultureInfo.InvariantCulture));
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
    public void ALayerThatNobodyReadsIsADiagnostic()
    {
        var branched = new Network(new Shape(4, 4, 1), [new Conv(2, 3, 3), new Conv(2, 3, 3) { Inputs = [-1] }, new Dense(2)]);
        var problem = Assert.ThrowsExactly<TinyNasException>(() =>
            new ManagedTrainer().Begin(branched, new TrainingOptions(), ArraySource.Noise(branched.Input, 2, 64)));
        StringAssert.Contains(problem.Message, "Conv (layer 0)");
    }

    [TestMethod]
    public void AnAutoencoderLearnsToReconstruct()
    {
        var network = new Network(new Shape(1, 1, 20), [new Dense(12), new Relu(), new Dense(20)]);
        BenchmarkResult result = TrainingBenchmark.Run(network, LossKind.Reconstruction, 32, 0.2, CancellationToken.None);
        Assert.IsLessThan(result.FirstLoss / 2, result.LastLoss);
        Assert.AreEqual(2 * 20 * 12 + 3 * 12 * 20, TrainingBenchmark.TrainingMacs(network));
    }
}
