using System.Diagnostics;
using System.Runtime;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>What a benchmark measured. Loading of samples is not in the times.</summary>
/// <param name="SamplesPerSecond">By wall time of one thread.</param>
/// <param name="SamplesPerCpuSecond">By the process's CPU time: what counts where others use the machine too.</param>
/// <param name="Gflops">Useful multiply-adds × 2: no padding, no gradient of the network's input.</param>
/// <param name="AllocatedBytesPerStep">By the collector's count; 0 is promised.</param>
public sealed record BenchmarkResult(
    double SamplesPerSecond, double SamplesPerCpuSecond, double Gflops, double FirstLoss, double LastLoss, long Steps, long PlannedBytes, double AllocatedBytesPerStep, int VectorWidth);

/// <summary>Speed of training: forward, backward and Adam in fp32, over and over on one batch of seeded noise.</summary>
public static class TrainingBenchmark
{
    // The runtime compiles what is called often a second time, in the background; that is to be over.
    private const int WarmUpSteps = 60;
    private const double QuietSeconds = 0.25, MostSeconds = 10;

    /// <exception cref="TinyNasException">TNAS0002: the network has a layer that is not trained yet.</exception>
    public static BenchmarkResult Run(
        Network network, LossKind loss, int batchSize, double seconds, CancellationToken cancellation)
    {
        using var plan = new TrainingPlan(network, new TrainingOptions { BatchSize = batchSize, Seed = 1, Loss = loss }, KernelSet.Best);
        plan.Commit();
        int[] targets = FillWithNoise(plan, network);
        long step = 0;
        double first = plan.Train(targets, 1e-3, step++), last = first;
        long compiled = -1;
        long begin = Stopwatch.GetTimestamp(), changed = begin;
        while (step < WarmUpSteps
            || (Stopwatch.GetElapsedTime(changed).TotalSeconds < Math.Min(QuietSeconds, seconds / 4) && Stopwatch.GetElapsedTime(begin).TotalSeconds < MostSeconds))
        {
            cancellation.ThrowIfCancellationRequested();
            last = plan.Train(targets, 1e-3, step++);
            if (JitInfo.GetCompiledMethodCount() is var count && count != compiled) (compiled, changed) = (count, Stopwatch.GetTimestamp());
        }

        cancellation.ThrowIfCancellationRequested();
        long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp(), warm = step;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        double elapsed;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            last = plan.Train(targets, 1e-3, step++);
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (elapsed < seconds);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        long steps = step - warm;
        double rate = steps * batchSize / elapsed;
        return new BenchmarkResult(
            rate, steps * batchSize / (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, rate * TrainingMacs(network) * 2e-9, first, last, steps, plan.Bytes,
            allocated / (double)steps, plan.Kernels.Width);
    }

    /// <summary>Several runs at once, one thread each, over the same time: how much one trial slows another down.</summary>
    public static BenchmarkResult[] RunTogether(Network network, LossKind loss, int batchSize, double seconds, int trials, CancellationToken cancellation)
    {
        var results = new BenchmarkResult[trials];
        Exception? failure = null;
        using var start = new Barrier(trials);
        Thread[] threads = [.. Enumerable.Range(0, trials).Select(i => new Thread(() =>
        {
            try
            {
                start.SignalAndWait(cancellation);
                results[i] = Run(network, loss, batchSize, seconds, cancellation);
            }
            catch (Exception problem)
            {
                Volatile.Write(ref failure, problem);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        return results;
    }

    /// <summary>Multiply-adds per sample: each weight layer forward, for its weights and, past the first, for its input.</summary>
    public static double TrainingMacs(Network network)
    {
        Shape[] shapes = network.Shapes();
        double macs = 0;
        bool first = true;
        for (int i = 0; i < shapes.Length; i++)
        {
            int from = network.InputsOf(i)[0];
            Shape input = from < 0 ? network.Input : shapes[from];
            double forward = network.Layers[i] switch
            {
                Conv c => (double)shapes[i].Count * c.KernelHeight * c.KernelWidth * input.Channels / c.Groups,
                ConvTranspose c => (double)input.Count * c.KernelHeight * c.KernelWidth * c.Filters,
                Dense => (double)shapes[i].Count * input.Count,
                Recurrent r => (double)input.Width * r.Units * (input.Channels + r.Units) * (r is Lstm ? 4 : r is Gru ? 3 : 1),
                _ => 0,
            };
            macs += forward * (first ? 2 : 3);
            first &= forward == 0;
        }
        return macs;
    }

    internal static int[] FillWithNoise(TrainingPlan plan, Network network)
    {
        RandomStream stream = RandomStream.Create(5);
        for (int block = 0; block < plan.BatchSize / 16; block++)
            for (int row = 0; row < network.Input.Height; row++)
                for (int column = 0; column < network.Input.Width; column++)
                    foreach (ref float value in plan.Input.Pixel(block, row, column)) value = stream.NextSingle() * 2 - 1;
        var targets = new int[plan.BatchSize];
        foreach (ref int target in targets.AsSpan()) target = stream.NextInt(plan.Output.Shape.Channels);
        return targets;
    }
}
