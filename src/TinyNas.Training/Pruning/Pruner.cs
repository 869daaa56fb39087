using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Rounds of ranking, removing and tuning, by <see cref="PruningPlan"/>. What is removed structurally is gone: the network that comes back has
/// fewer filters and units, in every layer that gave or read them.
/// </summary>
/// <param name="options">How the network was trained: loss, batch size and seed of everything here.</param>
/// <param name="tune">Trains a network for some epochs, the last round's being marked, and returns what it came to.</param>
public sealed class Pruner(PruningPlan plan, ITrainer trainer, TrainingOptions options, ISampleSource samples, Pruner.Tune tune)
{
    /// <summary>Trains <paramref name="start"/> for <paramref name="epochs"/>; with <paramref name="keepZeros"/>, zero weights stay zero.</summary>
    public delegate TrainedNetwork Tune(TrainedNetwork start, int epochs, bool keepZeros, bool last);

    /// <summary>Channels that <see cref="Run"/> could have removed, and has.</summary>
    public (int Before, int Removed) Channels { get; private set; }

    public TrainedNetwork Run(TrainedNetwork trained, CancellationToken cancellation)
    {
        int epochs = plan.Epochs ?? Math.Max(plan.Steps, options.Epochs / 2), before = new ChannelMap(trained.Network).Removable.Length, wanted = 0;
        for (int step = 1; step <= plan.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            int tuned = plan.EpochsAfter(step, epochs);
            bool structured = plan.Method != PruningMethod.Unstructured;
            if (structured)
            {
                int goal = (int)Math.Round(plan.ShareAfter(step) * before, MidpointRounding.AwayFromZero);
                trained = Remove(trained, goal - wanted, ref tuned, cancellation);
                wanted = goal;
            }
            else trained = WeightRemoval.Smallest(trained, plan.ShareAfter(step));
            trained = tune(trained, tuned, !structured, step == plan.Steps);
        }
        Channels = (before, before - new ChannelMap(trained.Network).Removable.Length);
        return trained;
    }

    private TrainedNetwork Remove(TrainedNetwork trained, int count, ref int epochs, CancellationToken cancellation)
    {
        if (count <= 0) return trained;
        var map = new ChannelMap(trained.Network);
        Dictionary<int, double> scores;
        if (plan.Method == PruningMethod.Threshold)
        {
            // The round's epochs are shared between learning what goes and tuning what stays.
            int learning = Math.Max(1, epochs / 2);
            epochs = Math.Max(1, epochs - learning);
            (trained, scores) = LearnThresholds(trained, map, count, learning, cancellation);
        }
        else scores = ChannelScores.Of(plan.Method, trained, map, options, samples);
        return ChannelRemoval.Without(trained, map, ChannelSelection.Least(map, scores, count));
    }

    private (TrainedNetwork, Dictionary<int, double>) LearnThresholds(TrainedNetwork trained, ChannelMap map, int count, int epochs, CancellationToken cancellation)
    {
        LearnedThresholds? thresholds = null;
        using ITrainingRun run = trainer.Continue(trained, options with
        {
            Epochs = epochs, Schedule = LearningRateSchedule.Constant, WarmUp = 0, LearningRate = options.LearningRate * 0.1,
            Transform = parameters => thresholds = new LearnedThresholds(map, parameters, count),
        }, samples);
        while (run.Epoch < epochs && run.RunEpoch(cancellation).Diverged is null) { }
        if (thresholds is null)
            throw new TinyNasException(DiagnosticCatalogue.MalformedValue, "Prune", "threshold", $"the trainer {trainer.Name} does not learn thresholds") { Setting = "Prune" };
        return (run.Snapshot(), thresholds.Scores());
    }
}
