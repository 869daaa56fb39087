using System.Diagnostics;
using System.Text.Json;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Benchmarks;

/// <summary>
/// The time of NanoNAS's published search for visual wake words: of its 41 candidates the 40 that are feasible, which are all that is ever trained,
/// 3 epochs each at batch 16, on as many images of that size, generated here because only the time is of interest. The authors give 3 h 53 min on a laptop.
/// </summary>
internal static class Headline
{
    private const int Epochs = 3;

    public static int Print(int images, int workers)
    {
        using JsonDocument table = JsonDocument.Parse(File.ReadAllText(Path.Combine(
            TinyNas.Testing.Repository.Root, "tests", "TinyNas.Search.Tests", "Tables", "vww-prime23.json")));
        Configuration[] published = [.. table.RootElement.GetProperty("results").EnumerateArray()
            .Select(r => r.GetProperty("config")).Select(c => NanoNasSpace.At(c.GetProperty("k").GetInt32(), c.GetProperty("c").GetInt32()))];
        var samples = new GeneratedImages(new Shape(50, 50, 3), images);
        var space = new NanoNasSpace();
        // The dearest first, so that no worker is left with one at the end.
        Network[] networks = [.. published.Select(c => space.Build(c, samples.Shape, 2)!).OrderByDescending(TrainingBenchmark.TrainingMacs)];
        long start = Stopwatch.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(_ => new Thread(() =>
        {
            for (int i = Interlocked.Increment(ref next); i < networks.Length; i = Interlocked.Increment(ref next)) Train(networks[i], samples);
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Console.WriteLine(FormattableString.Invariant(
            $"{networks.Length} networks, {Epochs} epochs of {images:N0} images, {workers} workers: {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s ({(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0} s of processor time)"));
        return 0;
    }

    private static void Train(Network network, ISampleSource samples)
    {
        using ITrainingRun run = new ManagedTrainer().Begin(network, new TrainingOptions { Epochs = Epochs }, samples);
        while (run.Epoch < Epochs)
            if (run.RunEpoch(default).Diverged is { } reason) throw new InvalidOperationException(reason);
    }

    /// <summary>Noise as camera bytes, normalised as a search does: every image another stretch of one long strip.</summary>
    private sealed class GeneratedImages : ISampleSource
    {
        private readonly byte[] strip = new byte[1 << 22];

        public GeneratedImages(Shape shape, int count)
        {
            (Shape, Count) = (shape, count);
            RandomStream random = RandomStream.Create(1);
            for (int i = 0; i < strip.Length; i++) strip[i] = (byte)random.NextInt(256);
        }

        public Shape Shape { get; }

        public int Count { get; }

        public int Classes => 2;

        public int Target(int index) => index & 1;

        public void Read(int index, int epoch, Span<float> destination)
        {
            int start = (int)((long)index * 7919 % (strip.Length - Shape.Count));
            ReadOnlySpan<byte> from = strip.AsSpan(start, Shape.Count);
            for (int i = 0; i < from.Length; i++) destination[i] = (from[i] - 128) * (1f / 128);
        }
    }
}
