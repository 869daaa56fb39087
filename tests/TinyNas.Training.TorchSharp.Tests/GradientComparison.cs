using TinyNas.Data;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp.Tests;

/// <param name="Difference">The largest between any two values; <paramref name="Largest"/> is the largest managed one.</param>
internal sealed record ParameterDifference(int Layer, string Name, double Largest, double Difference);

/// <summary>Loss and gradients of one batch by both trainers, with the weights they begin with.</summary>
internal sealed class GradientComparison
{
    public GradientComparison(Network network, TrainingOptions options, ISampleSource samples)
    {
        using var plan = new TrainingPlan(network, options, KernelSet.Best);
        plan.Commit();
        var loader = new BatchLoader(samples, plan.Input, options.BatchSize, options.Seed, plan.Wanted);
        loader.BeginEpoch(0);
        loader.Load(0);
        ManagedLoss = plan.ForwardBackward(loader.Targets, 0);

        using var scope = NewDisposeScope();
        new TorchSharpFactory().Create("cpu");
        using var translated = new TorchNetwork(network, null, options, CPU);
        using var batch = new TorchBatch(samples, network.Shapes()[^1], options, CPU);
        batch.BeginEpoch(0);
        batch.Load(0);
        (TorchLoss, IList<Tensor> gradients) = translated.ForwardBackward(batch, 0);
        Parameter[] trained = [.. plan.Parameters.All.Where(p => p.Trained).OrderBy(p => p.Layer).ThenBy(p => p.Name, StringComparer.Ordinal)];
        if (trained.Length != gradients.Count) throw new InvalidOperationException("The trainers do not have the same parameters.");
        Parameters = [.. trained.Zip(gradients, (p, gradient) =>
        {
            float[] managed = p.GradientSpan.ToArray(), torch = gradient.contiguous().ToFloats();
            return new ParameterDifference(p.Layer, p.Name, managed.Max(Math.Abs), managed.Zip(torch, (a, b) => (double)Math.Abs(a - b)).Max());
        })];
    }

    public double ManagedLoss { get; }
    public double TorchLoss { get; }
    public IReadOnlyList<ParameterDifference> Parameters { get; }
}
