using System.Collections.Immutable;
using System.Globalization;
using TinyNas.Data;

namespace TinyNas.Training;

internal sealed class ManagedTrainingRun : ITrainingRun
{
    private readonly TrainingPlan plan;
    private readonly Network network;
    private readonly TrainingOptions options;
    private readonly BatchLoader loader;
    private readonly string identity;
    private long step;

    public ManagedTrainingRun(TrainingPlan plan, Network network, TrainingOptions options, ISampleSource samples)
    {
        (this.plan, this.network, this.options) = (plan, network, options);
        loader = new BatchLoader(samples, plan.Input, options.BatchSize, options.Seed, plan.Wanted, options.Teacher);
        plan.Mixture = loader.Mixture;
        identity = Checkpoint.Identity(network, options, samples.Count);
    }

    public int Epoch { get; private set; }

    internal TrainingPlan Plan => plan;

    public EpochResult RunEpoch(CancellationToken cancellation)
    {
        loader.BeginEpoch(Epoch);
        double sum = 0;
        for (int i = 0; i < loader.Steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            double loss = Step(i);
            sum += loss;
            if (!double.IsFinite(loss))
                return new EpochResult(loss, (i + 1) * options.BatchSize,
                    string.Create(CultureInfo.InvariantCulture, $"the loss of step {i + 1} of epoch {Epoch + 1} is {loss}"));
        }
        Epoch++;
        return new EpochResult(sum / loader.Steps, loader.Steps * options.BatchSize);
    }

    public TrainedNetwork Snapshot()
    {
        var layers = Enumerable.Repeat(ImmutableDictionary<string, float[]>.Empty, network.Layers.Length).ToArray();
        foreach (Parameter parameter in plan.Parameters.All)
            layers[parameter.Layer] = layers[parameter.Layer].Add(parameter.Name, parameter.Kept.ToArray());
        return new TrainedNetwork(network, [.. layers]);
    }

    /// <summary>A forward pass and no step: what layers derive from their parameters is as those are now.</summary>
    internal void Refresh() => plan.Forward(step);

    public void Save(Stream checkpoint) => Checkpoint.Write(checkpoint, plan.Parameters, identity, Epoch, step);

    public void Dispose() => plan.Dispose();

    internal void Restore(Stream checkpoint) => (Epoch, step) = Checkpoint.Read(checkpoint, plan.Parameters, identity);

    /// <summary>One batch: load, forward, backward, update. Allocates nothing.</summary>
    private double Step(int number)
    {
        loader.Load(number);
        double loss = plan.Train(loader.Targets, RateSchedule.At(options, step, loader.Steps), step);
        step++;
        return loss;
    }
}
