using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>One run of <see cref="ModelSearch"/>: puts plan, strategy, evaluator, journal and final training together.</summary>
internal sealed class SearchSession(SearchPlan plan, ITrainer trainer, string folder, Action<SearchEvent>? progress)
{
    /// <summary>Samples that the noise of int8 is measured on.</summary>
    private const int NoiseSamples = 64;

    private readonly SearchOptions options = plan.Options;
    private readonly int trialEpochs = plan.Options.Epochs ?? EpochPlan.Trial(plan.Split.Train.Length);
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public static FeasibilityCheck Feasibility(SearchPlan plan) => new(
        SpaceRegistry.Find(plan.Options.Space), plan.Data.Shape, plan.Data.Labels.Length, plan.Budget,
        plan.Constraints, plan.Core);

    public async Task<SearchOutcome> RunAsync(CancellationToken cancellation)
    {
        FeasibilityCheck feasibility = Feasibility(plan);
        StrategyEntry strategy = StrategyRegistry.Find(options.Strategy);
        feasibility.RequireAny();
        if (options.Teacher is not null && trainer is not ManagedTrainer)
            throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Teacher", options.Teacher, $"the trainer {trainer.Name} is not taught") { Setting = "Teacher" };
        if (plan.Augmentation.MixUp > 0 && trainer is not ManagedTrainer)
            throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Augment", "mix-up", $"the trainer {trainer.Name} does not mix targets") { Setting = "Augment" };

        var data = new SearchData(plan.Data, plan.Split, plan.Augmentation, options.Seed);
        string key = SearchKeys.Trials(plan, trainer.Name, trialEpochs);
        SearchRecord record = await SearchAsync(data, feasibility, strategy, key, cancellation).ConfigureAwait(false);
        if (record.Best is not { } best)
            throw new TinyNasException(DiagnosticCatalogue.NothingTrained, options.Space, WhyNothing(record)) { Setting = "Data" };

        int finalEpochs = options.FinalEpochs.Epochs ?? EpochPlan.Final(plan.Split.Train.Length, trialEpochs);
        FinalResult final = Train(data, feasibility.Check(best.Configuration).Network!, best.Proposal, finalEpochs, key, cancellation);
        return Outcome(data, record, best.Configuration, final, cancellation);
    }

    private async Task<SearchRecord> SearchAsync(
        SearchData data, FeasibilityCheck feasibility, StrategyEntry strategy, string key, CancellationToken cancellation)
    {
        var evaluator = new TrialEvaluator(
            data, feasibility, plan.Constraints, options.Objective, trainer, Training(trialEpochs), options.Seed)
        {
            Quantisation = options.Quantisation,
            Paused = new PausedTrainings(Path.Combine(folder, ModelSearch.PausedFolder), key),
        };
        using TrialJournal journal = TrialJournal.Open(Path.Combine(folder, ModelSearch.JournalFile), key);
        if (journal.Warning is { } warning) Note(warning);
        if (journal.Recovered > 0) Note($"going on from {journal.Recovered} finished trials");
        using var executor = new LocalExecutor(options.Workers);
        var context = new StrategyContext(SpaceRegistry.Find(options.Space), feasibility.Fits, options.Seed)
        {
            Constraints = [.. plan.Constraints.Where(c => !c.IsFloor)],
            Ladder = FidelityLadder.Of(trialEpochs, plan.Split.Train.Length),
            ScoredSamples = options.Objective.Equals(Objective.Accuracy) ? data.Scored.Count : 0,
            Figures = configuration => feasibility.Check(configuration).Figures,
        };
        var driver = new SearchDriver(strategy.Create(context), evaluator, executor, options.OpenTrials)
        {
            Journal = journal, Trials = options.Trials ?? (options.TimeLimit is null ? strategy.Trials : null), FullEpochs = trialEpochs,
            TimeLimit = options.TimeLimit, Follow = options.Follow, Progress = progress,
        };
        return await driver.RunAsync(cancellation).ConfigureAwait(false);
    }

    private FinalResult Train(
        SearchData data, Network network, Proposal winner, int epochs, string key, CancellationToken cancellation)
    {
        // The trial's own seed, hence its initial weights: with a handful of filters they decide much, and these have proved good.
        TrainingOptions training = Training(epochs) with { Seed = TrialSeed.Of(options.Seed, winner.SeedText) };
        string finalKey = SearchKeys.Final(key, winner.SeedText, epochs, options.FinalEpochs.Patience);
        if (options.Teacher is { } taught)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"training a teacher, {taught.Width} times as wide"));
            finalKey += $" {taught}";
            FinalResult? teacher = Final(data, training, ModelSearch.TeacherFile, finalKey, isTeacher: true).Run(Regularisation.ForLongTraining(taught.Widen(network)), out _, cancellation);
            if (teacher is not null) training = training with { Teacher = new Teacher(teacher.Trained, taught.Share, taught.Temperature) };
        }
        FinalTraining final = Final(data, training, ModelSearch.CheckpointFile, finalKey, isTeacher: false);
        return final.Run(Regularisation.ForLongTraining(network), out string? diverged, cancellation)
            ?? throw new TinyNasException(DiagnosticCatalogue.NothingTrained, options.Space, $"the winner's training diverged ({diverged})") { Setting = "Data" };
    }

    private FinalTraining Final(SearchData data, TrainingOptions training, string file, string key, bool isTeacher) => new(data, trainer, training)
    {
        Workers = options.Workers,
        Patience = options.FinalEpochs.Patience,
        Prune = isTeacher ? null : options.Prune,
        Quantisation = isTeacher ? new() : options.Quantisation,
        Checkpoint = new FinalCheckpoint(Path.Combine(folder, file), key),
        Progress = progress,
    };

    private SearchOutcome Outcome(SearchData data, SearchRecord record, Configuration winner, FinalResult final, CancellationToken cancellation)
    {
        ImmutableSortedDictionary<string, double> metrics = TrialResult.NoScalars.AddRange(
        [
            new("accuracyInt8", final.Validation.Accuracy), new("accuracyFloat", final.ValidationFloat.Accuracy),
            new("trialsProposed", record.Results.Length),
            new("trialsInfeasible", record.Results.Count(r => !r.IsTrained)),
            new("trialsTrained", record.Results.Count(r => r.IsTrained)),
            new("trialEpochs", EpochsTrained(record)),
            new("finalEpochs", final.Epochs), new("finalEpoch", final.Epoch),
        ]);
        if (final.Channels is { } channels) metrics = metrics.Add("channels", channels.Before).Add("channelsRemoved", channels.Removed);
        metrics = WithConstraints(metrics, data, final, cancellation);
        ConfusionMatrix confusion = final.Validation;
        if (plan.Test is { } test)
        {
            int[] all = [.. Enumerable.Range(0, test.Count)];
            confusion = IntegerClassifier.Evaluate(final.Graph, new IntegerSamples(test, all, data.Encoding), options.Workers, cancellation);
            var floats = new SampleSource(test, all, data.Encoding, Augmentation.None, options.Seed);
            metrics = metrics.Add("testAccuracyInt8", confusion.Accuracy)
                .Add("testAccuracyFloat", FloatClassifier.Evaluate(final.Trained, floats, cancellation).Accuracy);
        }
        return new SearchOutcome
        {
            Winner = winner, Graph = final.Graph, Input = data.Encoding, End = record.End, Metrics = metrics, Confusion = confusion.Rows,
            Noise = options.Quantisation.Aware ? [] : [.. QuantisationReport.Measure(final.Trained, final.Graph, data.ValidationFloats, NoiseSamples, options.Quantisation).Layers
                .Select(l => new TensorNoise(l.Name, Math.Min(200, Math.Round(l.SignalToNoise, 2))))],
            Trace = [.. record.Results.Select(r => new TraceEntry(r.Proposal.ToString(), r.Outcome.ToString(), r.Score, r.Scalars, r.Reason))],
        };
    }

    /// <summary>What the project asks of a trained network is asked of the winner at the end too: its long training is another one.</summary>
    /// <exception cref="TinyNasException">TNAS0204.</exception>
    private ImmutableSortedDictionary<string, double> WithConstraints(
        ImmutableSortedDictionary<string, double> metrics, SearchData data, FinalResult final, CancellationToken cancellation)
    {
        ImmutableSortedDictionary<string, double> measured = TrialResult.NoScalars.Add(Scalars.Accuracy, final.Validation.Accuracy);
        if (options.Constraints.Any(c => c.Terms.Contains(Scalars.Agreement)) || options.Objective.Names.Contains(Scalars.Agreement))
        {
            measured = measured.Add(Scalars.Agreement, Agreement.Measure(final.Trained, final.Graph, data.ValidationFloats, data.Validation, cancellation));
            metrics = metrics.Add("agreement", measured[Scalars.Agreement]);
        }
        Constraint? broken = options.Constraints.FirstOrDefault(c => c.IsKnown(measured) && !c.Holds(measured));
        return broken is null ? metrics : throw new TinyNasException(DiagnosticCatalogue.WinnerBreaksConstraint, broken, broken.Value(measured)) { Setting = broken.Setting };
    }

    /// <summary>All trials together: a training that went on from a shorter one counts once, one on a part of the samples by that part.</summary>
    private static double EpochsTrained(SearchRecord record) => record.Results
        .GroupBy(r => r.Proposal.TrainingText)
        .Sum(g => g.Max(r => r.Scalars.GetValueOrDefault(Scalars.Epochs) / r.Proposal.Fidelity.Part));

    private TrainingOptions Training(int epochs) => new()
    {
        Epochs = epochs, BatchSize = options.BatchSize, Optimizer = options.Optimizer,
        LearningRate = options.LearningRate.Rate ?? options.Optimizer.DefaultRate,
        Schedule = options.LearningRate.Schedule, WarmUp = options.LearningRate.WarmUp,
        LabelSmoothing = options.LabelSmoothing, ClassWeights = options.ClassWeights,
    };

    private string WhyNothing(SearchRecord record) =>
        record.Results.LastOrDefault(r => r.Outcome == TrialOutcome.Failed)?.Reason ?? $"it ended ({record.End}) before a trial did";

    private void Note(string text) => progress?.Invoke(new NoteEvent(clock.Elapsed, text));
}
