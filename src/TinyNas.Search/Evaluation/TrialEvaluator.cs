using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// One trial: budget check, training as far as the proposal says, int8 quantisation, score of the last epoch on the integer
/// kernels. What does not fit is never trained. A pure function of the proposal and what it was constructed with, whether a
/// paused training was there to go on from or not.
/// </summary>
public sealed class TrialEvaluator(
    SearchData data, FeasibilityCheck feasibility, ImmutableArray<Constraint> constraints, Objective objective, ITrainer trainer,
    TrainingOptions training, ulong seed) : ITrialEvaluator
{
    public QuantisationOptions Quantisation { get; init; } = new();

    private readonly bool measuresAgreement = objective.Names.Concat(constraints.SelectMany(c => c.Terms)).Contains(Scalars.Agreement);

    /// <summary>Where trainings are kept that may go on; null: nowhere.</summary>
    internal PausedTrainings? Paused { get; init; }

    public TrialResult Evaluate(Proposal proposal, CancellationToken cancellation)
    {
        Feasibility known = feasibility.Check(proposal.Configuration);
        if (!known.Holds) return TrialResult.Infeasible(proposal, known.Reason!, known.Figures);

        int epochs = Math.Min(proposal.Fidelity.Epochs ?? training.Epochs, training.Epochs);
        using TrialTraining trial = Begin(proposal, epochs, known.Network!);
        string? diverged = null;
        while (trial.Run.Epoch < epochs && diverged is null) diverged = trial.RunEpoch(cancellation);
        ImmutableSortedDictionary<string, double> scalars = WithProgress(known.Figures, trial);
        if (diverged is not null) return TrialResult.Failed(proposal, diverged, scalars);
        if (epochs < training.Epochs) Paused?.Keep(proposal, trial);

        TrainedNetwork trained = trial.Run.Snapshot();
        Graph graph = Quantiser.Quantise(trained, data.Encoding, data.Calibration, Quantisation);
        scalars = scalars.SetItem(Scalars.Accuracy, IntegerClassifier.Evaluate(graph, data.Scored, 1, cancellation).Accuracy);
        if (measuresAgreement)
            scalars = scalars.SetItem(Scalars.Agreement, Agreement.Measure(trained, graph, data.ScoredFloats, data.Scored, cancellation));
        if (epochs < training.Epochs) return new TrialResult(proposal, TrialOutcome.Completed, objective.Score(scalars), scalars);
        Paused?.Drop(proposal);
        // What a training ends with says nothing of one that was cut short: only here.
        foreach (Constraint constraint in constraints)
            if (!constraint.Holds(scalars))
                return TrialResult.Infeasible(proposal, new Violation(constraint, constraint.Value(scalars), "the training").ToString(), scalars);
        return new TrialResult(proposal, TrialOutcome.Completed, objective.Score(scalars), scalars);
    }

    private TrialTraining Begin(Proposal proposal, int epochs, Network network)
    {
        TrainingOptions options = training with { Seed = TrialSeed.Of(seed, proposal.SeedText) };
        ISampleSource samples = proposal.Fidelity.Part == 1 ? data.Training : new PartOfSamples(data.Training, proposal.Fidelity.Part, seed);
        return Paused?.TryResume(proposal, epochs, trainer, network, options, samples)
            ?? new TrialTraining(trainer.Begin(network, options, samples), [], 0);
    }

    private static ImmutableSortedDictionary<string, double> WithProgress(ImmutableSortedDictionary<string, double> scalars, TrialTraining trial)
    {
        scalars = scalars.SetItem(Scalars.Epochs, trial.Run.Epoch).SetItem(Scalars.Samples, trial.Samples);
        return trial.Losses.Count == 0 ? scalars
            : scalars.SetItem(Scalars.Loss, trial.Losses[^1]).SetItem(Scalars.MeanLoss, trial.Losses.Sum() / trial.Losses.Count);
    }
}
