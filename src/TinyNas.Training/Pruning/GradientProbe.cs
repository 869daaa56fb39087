using System.Collections.Immutable;
using TinyNas.Data;

namespace TinyNas.Training;

/// <summary>Gradients of the loss at the weights that a network has, batch by batch, without a step being taken.</summary>
internal static class GradientProbe
{
    /// <param name="see">Gets, per layer and name, the trained parameters and their gradients of one batch.</param>
    public static void Run(
        TrainedNetwork trained, TrainingOptions options, ISampleSource samples, int batches,
        Action<ImmutableArray<ImmutableDictionary<string, float[]>>, ImmutableArray<ImmutableDictionary<string, float[]>>> see)
    {
        using var plan = new TrainingPlan(trained.Network, options, KernelSet.Best);
        plan.Commit(trained);
        var loader = new BatchLoader(samples, plan.Input, options.BatchSize, options.Seed, plan.Wanted, options.Teacher);
        plan.Mixture = loader.Mixture;
        loader.BeginEpoch(0);
        for (int i = 0; i < Math.Min(batches, loader.Steps); i++)
        {
            loader.Load(i);
            plan.ForwardBackward(loader.Targets, i);
            see(trained.Parameters, Gradients(plan, trained.Network.Layers.Length));
        }
    }

    private static ImmutableArray<ImmutableDictionary<string, float[]>> Gradients(TrainingPlan plan, int layers)
    {
        var result = Enumerable.Repeat(ImmutableDictionary<string, float[]>.Empty, layers).ToArray();
        foreach (Parameter parameter in plan.Parameters.All)
            if (parameter.Trained) result[parameter.Layer] = result[parameter.Layer].Add(parameter.Name, parameter.GradientSpan.ToArray());
        return [.. result];
    }
}
