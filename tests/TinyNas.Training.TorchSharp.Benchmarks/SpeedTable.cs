using System.Diagnostics;
using System.Globalization;
using TinyNas.Training.Tests;
using static TorchSharp.torch;

namespace TinyNas.Training.TorchSharp.Benchmarks;

/// <summary>
/// Samples per second of forward, backward and Adam on one batch that is loaded already, one thread each. The two take turns, so that
/// what else the machine does meets both; the ratio is the median of the rounds'.
/// </summary>
internal static class SpeedTable
{
    private const int WarmUp = 5;

    public static void Print(Options options)
    {
        int rounds = options.Number("--rounds", 5);
        double seconds = options.Number("--seconds", 1);
        Console.WriteLine($"batch {options.Batch}, {rounds} rounds of {seconds} s, one thread; samples per CPU second, medians (torch on {options.Device})");
        Console.WriteLine("network                managed      torch   managed / torch   [least .. most]");
        foreach (var (name, network, loss) in options.Networks)
        {
            var training = new TrainingOptions { BatchSize = options.Batch, Seed = 1, Loss = loss };
            ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, options.Batch, seed: 5);
            using var torch = new TorchSteps(network, training, samples, options.Device);
            using var managed = new ManagedSteps(network, training, samples);
            (double Managed, double Torch)[] rates = [.. Enumerable.Range(0, rounds).Select(_ => (Rate(managed.Step, options.Batch, seconds), Rate(torch.Step, options.Batch, seconds)))];
            double[] ratios = [.. rates.Select(r => r.Managed / r.Torch).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-20} {Median(rates.Select(r => r.Managed)),9:0} {Median(rates.Select(r => r.Torch)),10:0} {ratios[rounds / 2],17:0.00}   [{ratios[0]:0.00} .. {ratios[^1]:0.00}]"));
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    /// <summary>By CPU time, which counts where others use the machine too. What a GPU does is waited for within it: each step ends with its loss.</summary>
    private static double Rate(Action step, int batch, double seconds)
    {
        for (int i = 0; i < WarmUp; i++) step();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        long steps = 0;
        do
        {
            step();
            steps++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return steps * batch / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
    }

    private sealed class ManagedSteps : IDisposable
    {
        private readonly TrainingPlan plan;
        private readonly BatchLoader loader;
        private long step;

        public ManagedSteps(Network network, TrainingOptions training, ArraySource samples)
        {
            plan = new TrainingPlan(network, training, KernelSet.Best);
            plan.Commit();
            loader = new BatchLoader(samples, plan.Input, training.BatchSize, training.Seed, plan.Wanted);
            loader.BeginEpoch(0);
            loader.Load(0);
        }

        public void Step() => plan.Train(loader.Targets, 1e-3, step++);

        public void Dispose() => plan.Dispose();
    }

    private sealed class TorchSteps : IDisposable
    {
        private readonly TorchNetwork network;
        private readonly TorchUpdate update;
        private readonly TorchBatch batch;
        private long step;

        public TorchSteps(Network network, TrainingOptions training, ArraySource samples, string device)
        {
            new TorchSharpFactory().Create(device);
            this.network = new TorchNetwork(network, null, training, new Device(device));
            update = new TorchUpdate(training.Optimizer, this.network.Weights.Values);
            batch = new TorchBatch(samples, network.Shapes()[^1], training, new Device(device));
            batch.BeginEpoch(0);
            batch.Load(0);
        }

        public void Step()
        {
            using var scope = NewDisposeScope();
            var (_, gradients) = network.ForwardBackward(batch, step);
            using (no_grad())
            {
                network.Statistics.Update(step);
                update.Run(gradients, null, step, 1e-3);
            }
            step++;
        }

        public void Dispose()
        {
            batch.Dispose();
            update.Dispose();
            network.Dispose();
        }
    }
}
