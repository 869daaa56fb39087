using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>A result is a function of the proposal: paused trainings save time and change no bit.</summary>
[TestClass]
public sealed class TrialEvaluatorTests
{
    private const int Epochs = 6;

    private static readonly DataSet Bars = BarsData.Images(200, 1);

    private static readonly Configuration Network = NanoNasSpace.At(3, 2);

    private readonly TemporaryFolder folder = new();
    private readonly CountingTrainer trainer = new();

    [TestCleanup]
    public void Cleanup() => folder.Dispose();

    [TestMethod]
    public void ALongerTrialGoesOnFromTheShorterAndEndsInTheSameBits()
    {
        string[] anew = [.. Lengths.Select(l => Line(Create(paused: false).Evaluate(l, default)))];
        trainer.Epochs = 0;
        TrialEvaluator evaluator = Create(paused: true);
        string[] resumed = [.. Lengths.Select(l => Line(evaluator.Evaluate(l, default)))];
        CollectionAssert.AreEqual(anew, resumed);
        Assert.AreEqual(Epochs, trainer.Epochs, "each epoch was trained once");
        Assert.HasCount(0, Directory.GetFiles(folder.Path), "what is done is not kept");
    }

    [TestMethod]
    public void AFullTrialIsTheSameWithOrWithoutAShorterOneBefore()
    {
        TrialResult full = Create(paused: false).Evaluate(Network, default);
        Assert.AreEqual("c=2 k=3", full.Proposal.ToString());
        Assert.AreEqual(Epochs, full.Scalars[Scalars.Epochs]);
        Assert.AreEqual(Line(full), Line(Create(paused: true).Evaluate(Network, default)));
    }

    [TestMethod]
    public void ALostOrDamagedPausedTrainingIsTrainedAnewToTheSameBits()
    {
        string expected = Line(Create(paused: false).Evaluate(Lengths[1], default));
        Create(paused: true).Evaluate(Lengths[0], default);
        string file = Directory.GetFiles(folder.Path).Single();
        byte[] sound = File.ReadAllBytes(file);
        foreach (int length in (int[])[0, 5, 30, 60, 150, sound.Length / 2, sound.Length - 1])
        {
            File.WriteAllBytes(file, sound[..length]);
            Assert.AreEqual(expected, Line(Create(paused: true).Evaluate(Lengths[1], default)), $"{length} of {sound.Length} bytes");
        }
        File.Delete(file);
        Assert.AreEqual(expected, Line(Create(paused: true).Evaluate(Lengths[1], default)));
    }

    [TestMethod]
    public void APausedTrainingOfAnotherSearchIsNotUsed()
    {
        Create(paused: true, "one").Evaluate(Lengths[0], default);
        trainer.Epochs = 0;
        Create(paused: true, "two").Evaluate(Lengths[1], default);
        Assert.AreEqual(3, trainer.Epochs);
    }

    [TestMethod]
    public void AShorterTrialAfterALongerOneIsWhatItWouldHaveBeenBefore()
    {
        TrialEvaluator evaluator = Create(paused: true);
        string before = Line(evaluator.Evaluate(Lengths[0], default));
        evaluator.Evaluate(Lengths[1], default);
        Assert.AreEqual(before, Line(evaluator.Evaluate(Lengths[0], default)));
    }

    [TestMethod]
    public void APartOfTheSamplesAndAnotherSeedAreTrainingsOfTheirOwn()
    {
        TrialEvaluator evaluator = Create(paused: true);
        TrialResult full = evaluator.Evaluate(Network, default);
        TrialResult third = evaluator.Evaluate(new Proposal(Network, new Fidelity { Part = 3 }), default);
        TrialResult second = evaluator.Evaluate(new Proposal(Network, Fidelity.Full, Replicate: 1), default);
        Assert.AreEqual(Math.Ceiling(140 / 3.0 / 16) * 16 * Epochs, third.Scalars[Scalars.Samples], "140 train");
        Assert.AreEqual(full.Scalars[Scalars.Samples], second.Scalars[Scalars.Samples]);
        Assert.AreNotEqual(full.Scalars[Scalars.Loss], second.Scalars[Scalars.Loss]);
        Assert.AreNotEqual(full.Scalars[Scalars.Loss], third.Scalars[Scalars.Loss]);
    }

    [TestMethod]
    public void PartsOfOneSeedHoldEachOtherAndBothClasses()
    {
        var data = new SearchData(Bars, Splitter.HoldOut(Bars, 0.3, 1), Augmentation.None, 5);
        float[][] Samples(int part)
        {
            var source = new PartOfSamples(data.Training, part, 5);
            return [.. Enumerable.Range(0, source.Count).Select(i => { var s = new float[source.Shape.Count]; source.Read(i, 0, s); return s; })];
        }
        float[][] half = Samples(2), sixth = Samples(6);
        Assert.HasCount(70, half);
        for (int i = 0; i < sixth.Length; i++) CollectionAssert.AreEqual(half[i], sixth[i]);
        var targets = new PartOfSamples(data.Training, 6, 5);
        Assert.IsTrue(Enumerable.Range(0, targets.Count).Select(targets.Target).Distinct().Count() == 2);
    }

    private static Proposal[] Lengths => [new(Network, new Fidelity { Epochs = 1 }), new(Network, new Fidelity { Epochs = 3 }), Network];

    private static string Line(TrialResult result) => JournalRecord.Write(result);

    private TrialEvaluator Create(bool paused, string key = "key")
    {
        var feasibility = new FeasibilityCheck(new NanoNasSpace(), Bars.Shape, 2, Budget.Unlimited, [], "cortex-m4");
        var data = new SearchData(Bars, Splitter.HoldOut(Bars, 0.3, 1), Augmentation.None, 5);
        return new TrialEvaluator(data, feasibility, [], Objective.Accuracy, trainer, new TrainingOptions { Epochs = Epochs, Schedule = LearningRateSchedule.Cosine }, 5)
        {
            Paused = paused ? new PausedTrainings(folder.Path, key) : null,
        };
    }

    /// <summary>The managed trainer, counting epochs.</summary>
    private sealed class CountingTrainer : ITrainer
    {
        private readonly ManagedTrainer trainer = new();

        public int Epochs { get; set; }

        public string Name => trainer.Name;

        public ITrainingRun Begin(Network network, TrainingOptions options, ISampleSource samples) => new Run(this, trainer.Begin(network, options, samples));

        public ITrainingRun Continue(TrainedNetwork start, TrainingOptions options, ISampleSource samples) => new Run(this, trainer.Continue(start, options, samples));

        public ITrainingRun Resume(Network network, TrainingOptions options, ISampleSource samples, Stream checkpoint) =>
            new Run(this, trainer.Resume(network, options, samples, checkpoint));

        private sealed class Run(CountingTrainer owner, ITrainingRun run) : ITrainingRun
        {
            public int Epoch => run.Epoch;

            public EpochResult RunEpoch(CancellationToken cancellation)
            {
                owner.Epochs++;
                return run.RunEpoch(cancellation);
            }

            public TrainedNetwork Snapshot() => run.Snapshot();

            public void Save(Stream checkpoint) => run.Save(checkpoint);

            public void Dispose() => run.Dispose();
        }
    }
}
