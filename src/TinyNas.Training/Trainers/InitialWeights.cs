using System.Collections.Immutable;

namespace TinyNas.Training;

/// <summary>A parameter before the first step, row-major as <see cref="TrainedNetwork"/> documents it.</summary>
/// <param name="Trained">False for moving statistics, which have no gradient.</param>
internal sealed record InitialParameter(int Layer, string Name, bool Trained, float[] Values);

/// <summary>What every trainer begins with, whatever it computes on: the parameters that the managed trainer lays out, layer after layer.</summary>
internal static class InitialWeights
{
    /// <param name="start">What to go on from; null: random weights.</param>
    /// <exception cref="Model.TinyNasException">TNAS0002: the network has a layer that is not trained yet.</exception>
    public static ImmutableArray<InitialParameter> Of(Network network, ulong seed, TrainedNetwork? start)
    {
        // Weights depend on neither batch size nor optimiser: the smallest plan there is.
        using var plan = new TrainingPlan(network, new TrainingOptions { Seed = seed, BatchSize = 16, Optimizer = new Sgd() }, KernelSet.Best);
        plan.Commit(start);
        return
        [
            .. plan.Parameters.All.OrderBy(p => p.Layer).ThenBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => new InitialParameter(p.Layer, p.Name, p.Trained, p.Span.ToArray())),
        ];
    }
}
