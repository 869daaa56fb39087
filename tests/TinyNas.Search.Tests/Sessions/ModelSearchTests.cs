using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

/// <summary>The whole search on the real trainer, quantiser and integer kernels, on a task small enough for a test.</summary>
[TestClass]
public sealed class ModelSearchTests
{
    private readonly TemporaryFolder folder = new();

    [TestCleanup]
    public void Cleanup() => folder.Dispose();

    private static SearchPlan Plan(DataSet data, Budget? budget = null) => new()
    {
        Data = data, Split = Splitter.HoldOut(data, 0.3, 1), Test = null, Budget = budget ?? new Budget(Macs: 20_000),
        Options = new SearchOptions { Seed = 5, Epochs = 4, FinalEpochs = 8, Workers = 1 },
    };

    private static readonly SearchPlan Bars = Plan(BarsData.Images(200, 1)) with { Test = BarsData.Images(100, 2) };

    private Task<SearchOutcome> Run(SearchPlan plan, string place, Action<SearchEvent>? progress = null, CancellationToken cancellation = default) =>
        ModelSearch.RunAsync(plan, new ManagedTrainer(), folder[place], progress, cancellation);

    /// <summary>Everything that reaches the lock, as text.</summary>
    private static string Everything(SearchOutcome outcome) => string.Join('\n',
        [
            outcome.Winner.ToString(), Convert.ToHexString(TfliteWriter.Write(outcome.Graph)), outcome.End.ToString(),
            .. outcome.Metrics.Select(m => FormattableString.Invariant($"{m.Key}={m.Value:R}")),
            .. outcome.Confusion.Select(r => string.Join(' ', r)),
            .. outcome.Trace.Select(t => FormattableString.Invariant($"{t.Configuration} {t.Outcome} {t.Score:R} {string.Join(' ', t.Scalars)} {t.Reason}")),
        ]);

    [TestMethod]
    public async Task ItFindsANetworkThatFitsAndLearnsTheTask()
    {
        SearchOutcome outcome = await Run(Bars, "a");
        Assert.IsGreaterThan(0.95, outcome.Metrics["testAccuracyInt8"]);
        CollectionAssert.AreEqual(outcome.Graph.Operators.SkipLast(1).Select(o => outcome.Graph.Tensors[o.Outputs[0]].Name).ToArray(), outcome.Noise.Select(n => n.Tensor).ToArray());
        Assert.IsTrue(outcome.Noise.All(n => n.Decibels is > 15 and < 80));
        Assert.AreEqual(100, outcome.Confusion.Sum(r => r.Sum()));
        Assert.AreEqual(outcome.Metrics["testAccuracyInt8"], outcome.Confusion.Select((r, i) => r[i]).Sum() / 100.0);
        TraceEntry winner = outcome.Trace.Single(t => t.Configuration == outcome.Winner.ToString());
        Assert.IsLessThanOrEqualTo(20_000, winner.Scalars[Scalars.Macs]);
        Assert.AreEqual(outcome.Trace.Length, outcome.Metrics["trialsTrained"] + outcome.Metrics["trialsInfeasible"]);
        Assert.AreEqual(4 * outcome.Metrics["trialsTrained"], outcome.Metrics["trialEpochs"]);
        Assert.IsTrue(outcome.Trace.Where(t => t.Outcome == "Infeasible").All(t => !t.Scalars.ContainsKey(Scalars.Epochs)), "an infeasible network was trained");
    }

    [TestMethod]
    public async Task AgreementIsMeasuredWhereAConstraintAsksForItAndBoundsTheWinner()
    {
        SearchOutcome outcome = await Run(Bars with { Options = Bars.Options with { Constraints = Constraint.Parse("agreement>=0.9") } }, "a");
        Assert.IsGreaterThanOrEqualTo(0.9, outcome.Metrics["agreement"]);
        foreach (TraceEntry trial in outcome.Trace.Where(t => t.Outcome == "Completed")) Assert.IsGreaterThanOrEqualTo(0.9, trial.Scalars[Scalars.Agreement]);
        TraceEntry[] refused = [.. outcome.Trace.Where(t => t.Outcome == "Infeasible" && t.Scalars.ContainsKey(Scalars.Agreement))];
        foreach (TraceEntry trial in refused) Assert.IsLessThan(0.9, trial.Scalars[Scalars.Agreement]);
        Assert.AreEqual(outcome.Trace.Length, outcome.Metrics["trialsTrained"] + outcome.Metrics["trialsInfeasible"]);
        Assert.AreEqual(4 * outcome.Metrics["trialsTrained"], outcome.Metrics["trialEpochs"], "what was refused after training was trained");
    }

    [TestMethod]
    public async Task AnObjectiveThatChargesForMacsFindsASmallerNetwork()
    {
        SearchOutcome accurate = await Run(Bars, "a");
        SearchOutcome frugal = await Run(Bars with { Options = Bars.Options with { Objective = Objective.Parse("accuracy - 2*macs/20k") } }, "b");
        double Macs(SearchOutcome o) => o.Trace.Single(t => t.Configuration == o.Winner.ToString()).Scalars[Scalars.Macs];
        Assert.IsLessThan(Macs(accurate), Macs(frugal));
        foreach (TraceEntry trial in frugal.Trace.Where(t => t.Outcome == "Completed"))
            Assert.AreEqual(trial.Scalars[Scalars.Accuracy] - trial.Scalars[Scalars.Macs] / 10_000, trial.Score, 1e-12);
    }

    [TestMethod]
    public async Task AWinnerWhoseLongTrainingBreaksAConstraintIsADiagnostic()
    {
        SearchPlan plan = Bars with { Options = Bars.Options with { Epochs = 8, FinalEpochs = 1, Strategy = "random", Trials = 12, Constraints = Constraint.Parse("accuracy>=0.9") } };
        var problem = await Assert.ThrowsExactlyAsync<TinyNasException>(() => Run(plan, "a"));
        Assert.AreEqual("TNAS0204", problem.Diagnostic.Code);
        Assert.AreEqual("Constraints", problem.Setting);
    }

    [TestMethod]
    public async Task AWindowedTaskIsLearntAlongTime()
    {
        SearchPlan plan = Plan(BarsData.Windows(200, 1));
        SearchOutcome outcome = await Run(plan with { Options = plan.Options with { Epochs = 20, FinalEpochs = 40 } }, "a");
        Assert.IsGreaterThan(0.9, outcome.Metrics["accuracyInt8"]);
    }

    [TestMethod]
    public async Task TrainingEndsWhenItsPatienceDoesAndKeepsTheBestEpoch()
    {
        var events = new List<SearchEvent>();
        SearchPlan plan = Bars with { Options = Bars.Options with { FinalEpochs = new TrainingLength(60, 3) } };
        SearchOutcome outcome = await Run(plan, "a", events.Add);
        FinalEpochEvent[] epochs = [.. events.OfType<FinalEpochEvent>()];
        Assert.IsTrue(epochs.All(e => e.Accuracy is not null), "with a patience every epoch is scored");
        double best = epochs.Max(e => e.Accuracy!.Value);
        FinalEpochEvent kept = epochs.First(e => e.Accuracy == best);
        Assert.IsLessThan(60, epochs.Length);
        Assert.AreEqual(kept.Epoch + 3, epochs[^1].Epoch);
        Assert.AreEqual(kept.Epoch, outcome.Metrics["finalEpoch"]);
        Assert.AreEqual(epochs.Length, outcome.Metrics["finalEpochs"]);
        Assert.AreEqual(best, outcome.Metrics["accuracyInt8"]);
    }

    [TestMethod]
    public async Task ThePrunedWinnerIsWhatIsDeployed()
    {
        SearchOutcome plain = await Run(Bars, "a");
        SearchOutcome pruned = await Run(Bars with { Options = Bars.Options with { Prune = new PruningPlan(0.3, Epochs: 6) } }, "b");
        Assert.AreEqual(plain.Winner, pruned.Winner);
        double channels = pruned.Metrics["channels"], removed = pruned.Metrics["channelsRemoved"];
        Assert.AreEqual(Math.Round(0.3 * channels, MidpointRounding.AwayFromZero), removed);
        long Weights(SearchOutcome o) => o.Graph.Tensors.Where(t => t.IsConstant && t.Type == ElementType.Int8).Sum(t => (long)t.Bytes);
        Assert.IsLessThan(Weights(plain), Weights(pruned));
        Assert.IsGreaterThan(0.9, pruned.Metrics["testAccuracyInt8"]);
    }

    [TestMethod]
    public async Task AWinnerTrainedOnItsIntegersKnowsTheTask()
    {
        SearchOutcome outcome = await Run(Bars with { Options = Bars.Options with { Quantisation = new QuantisationOptions { Aware = true, AwareEpochs = 3 } } }, "a");
        Assert.IsGreaterThan(0.95, outcome.Metrics["testAccuracyInt8"]);
        float[] scales = [.. outcome.Graph.Tensors.Where(t => t.IsConstant && t.Type == ElementType.Int8).SelectMany(t => t.Quantization!.Scales)];
        Assert.IsTrue(scales.All(s => (BitConverter.SingleToInt32Bits(s) & 0x7FFFFF) == 0), "scales are no powers of two");
    }

    [TestMethod]
    public async Task ATaughtWinnerIsTheSameAfterACancellation()
    {
        SearchPlan plan = Bars with { Options = Bars.Options with { Teacher = new TeacherPlan(2), FinalEpochs = 5 } };
        var events = new List<SearchEvent>();
        SearchOutcome taught = await Run(plan, "whole", events.Add);
        Assert.IsGreaterThan(0.9, taught.Metrics["testAccuracyInt8"]);
        Assert.AreNotEqual(Everything(await Run(Bars with { Options = Bars.Options with { FinalEpochs = 5 } }, "untaught")), Everything(taught));
        Assert.HasCount(10, events.OfType<FinalEpochEvent>().ToArray(), "epochs of the teacher and of the winner");
        using var cancellation = new CancellationTokenSource();
        int finals = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(plan, "cut", e => { if (e is FinalEpochEvent && ++finals == 7) cancellation.Cancel(); }, cancellation.Token));
        var after = new List<SearchEvent>();
        Assert.AreEqual(Everything(taught), Everything(await Run(plan, "cut", after.Add)));
        Assert.HasCount(3, after.OfType<FinalEpochEvent>().ToArray(), "finished epochs are not trained again");
    }

    [TestMethod]
    public async Task SmoothingAndClassWeightsReachTheTraining()
    {
        string plain = Everything(await Run(Bars, "a"));
        string smooth = Everything(await Run(Bars with { Options = Bars.Options with { LabelSmoothing = 0.1 } }, "b"));
        string weighted = Everything(await Run(Bars with { Options = Bars.Options with { ClassWeights = [1, 3] } }, "c"));
        CollectionAssert.AllItemsAreUnique(new[] { plain, smooth, weighted });
    }

    [TestMethod]
    public async Task WorkersChangeNoBit() => Assert.AreEqual(
        Everything(await Run(Bars, "a")),
        Everything(await Run(Bars with { Options = Bars.Options with { Workers = 3 } }, "b")));

    [TestMethod]
    public async Task ASearchCancelledAnywhereEndsInTheSameBits()
    {
        var events = new List<SearchEvent>();
        string expected = Everything(await Run(Bars, "whole", events.Add));
        for (int stop = 1; stop < events.Count; stop += 3)
        {
            using var cancellation = new CancellationTokenSource();
            int seen = 0;
            try
            {
                await Run(Bars, $"cut{stop}", _ => { if (++seen == stop) cancellation.Cancel(); }, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
            }
            var after = new List<SearchEvent>();
            Assert.AreEqual(expected, Everything(await Run(Bars, $"cut{stop}", after.Add)), $"after event {stop}");
            int repeated = after.OfType<TrialEvent>().Count(e => !e.Resumed && e.Number <= Math.Min(stop, events.OfType<TrialEvent>().Count()));
            Assert.AreEqual(0, repeated, $"finished trials were run again after event {stop}");
            if (events[stop - 1] is FinalEpochEvent last)
                Assert.IsTrue(after.OfType<FinalEpochEvent>().All(e => e.Epoch > last.Epoch), $"finished epochs were trained again after event {stop}");
        }
    }

    [TestMethod]
    public async Task ADamagedCheckpointIsTrainedAnewToTheSameBits()
    {
        string expected = Everything(await Run(Bars, "whole"));
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => Run(Bars, "cut", e => { if (e is FinalEpochEvent { Epoch: 7 }) cancellation.Cancel(); }, cancellation.Token));
        string file = folder["cut", ModelSearch.CheckpointFile];
        byte[] sound = File.ReadAllBytes(file);
        foreach (int length in (int[])[0, 10, 40, 100, 200, sound.Length / 2, sound.Length - 1])
        {
            File.WriteAllBytes(file, sound[..length]);
            Assert.AreEqual(expected, Everything(await Run(Bars, "cut")), $"{length} of {sound.Length} bytes");
        }
    }

    [TestMethod]
    public async Task NothingIsTrainedWhereNothingFits()
    {
        var events = new List<SearchEvent>();
        var problem = await Assert.ThrowsExactlyAsync<TinyNasException>(() => Run(Plan(Bars.Data, new Budget(Ram: 100)), "a", events.Add));
        Assert.AreEqual("TNAS0201", problem.Diagnostic.Code);
        Assert.HasCount(0, events);
        Assert.IsFalse(Directory.Exists(folder["a"]));
    }

    [TestMethod]
    public async Task ASearchWhoseTrainingsAllDivergeIsADiagnostic()
    {
        SearchPlan plan = Bars with { Options = Bars.Options with { LearningRate = 1e38 } };
        var problem = await Assert.ThrowsExactlyAsync<TinyNasException>(() => Run(plan, "a"));
        Assert.AreEqual("TNAS0202", problem.Diagnostic.Code);
    }

    [TestMethod]
    public async Task AnotherSeedIsAnotherSearch() => Assert.AreNotEqual(
        Everything(await Run(Bars, "a")),
        Everything(await Run(Bars with { Options = Bars.Options with { Seed = 6 } }, "b")));
}
