using System.Collections.Immutable;
using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search;

/// <summary>
/// One trial: budget check, short training on a cosine schedule, int8 quantisation, score of the last epoch on the integer
/// kernels. What does not fit is never trained. A pure function of the configuration and what it was constructed with.
/// </summary>
public sealed class TrialEvaluator(
    SearchData data, FeasibilityCheck feasibility, ImmutableArray<Constraint> constraints, Objective objective, ITrainer trainer,
    TrainingOptions training, ulong seed) : ITrialEvaluator
{
    public QuantisationOptions Quantisation { get; init; } = new();

    public TrialResult Evaluate(Configuration configuration, CancellationToken cancellation)
    {
        Feasibility known = feasibility.Check(configuration);
        if (!known.Holds) return TrialResult.Infeasible(configuration, known.Reason!, known.Figures);

        TrainingOptions options = training with { Seed = TrialSeed.Of(seed, configuration.ToString()) };
        using ITrainingRun run = trainer.Begin(known.Network!, options, data.Training);
        ImmutableSortedDictionary<string, double> scalars = known.Figures;
        int samples = 0;
        while (run.Epoch < options.Epochs)
        {
            EpochResult epoch = run.RunEpoch(cancellation);
            samples += epoch.Samples;
            scalars = scalars.SetItem(Scalars.Epochs, run.Epoch).SetItem(Scalars.Samples, samples);
            if (epoch.Diverged is { } reason) return TrialResult.Failed(configuration, reason, scalars);
            scalars = scalars.SetItem(Scalars.Loss, epoch.Loss);
        }

        Graph graph = Quantiser.Quantise(run.Snapshot(), data.Encoding, data.Calibration, Quantisation);
        scalars = scalars.SetItem(Scalars.Accuracy, IntegerClassifier.Evaluate(graph, data.Scored, 1, cancellation).Accuracy);
        foreach (Constraint constraint in constraints)
            if (!constraint.Holds(scalars))
                return TrialResult.Infeasible(configuration, FormattableString.Invariant($"{constraint.Name}: {constraint.Value(scalars):R} of {constraint.Limit:R}"), scalars);
        return new TrialResult(configuration, TrialOutcome.Completed, objective.Score(scalars), scalars);
    }
}
