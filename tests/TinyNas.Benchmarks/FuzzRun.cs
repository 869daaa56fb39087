using System.Collections.Concurrent;
using System.Diagnostics;
using TinyNas.Deploy.Tests;

namespace TinyNas.Benchmarks;

/// <summary>
/// Compiles seeded damaged copies of the golden models, on all processors. Every case must end in a result or a diagnostic, in bounded
/// time and memory; what does not is printed with its number, which repeats it alone: <c>--first NUMBER --count 1</c>.
/// </summary>
internal static class FuzzRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Allocated, not held, by one case.</summary>
    private const long MostBytes = 4L << 30;

    public static int Print(string root, ulong seed, int count, int first)
    {
        FileDamage[] models = [.. Directory.GetDirectories(Path.Combine(root, "golden")).Order(StringComparer.Ordinal)
            .Select(folder => new FileDamage(Path.GetFileName(folder), File.ReadAllBytes(Path.Combine(folder, "model.tflite"))))];
        var outcomes = new ConcurrentDictionary<DamageOutcome, int>();
        var running = new ConcurrentDictionary<int, (int Case, Stopwatch Watch)>();
        int findings = 0, next = first - 1;
        TimeSpan longest = default;
        var total = Stopwatch.StartNew();
        using var watchdog = new Timer(_ =>
        {
            // A case that does not end cannot be stopped from outside.
            foreach (var (number, watch) in running.Values.Where(r => r.Watch.Elapsed > 4 * Longest)) Environment.FailFast($"case {number} has run for {watch.Elapsed}");
        }, null, Longest, Longest);

        Thread[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(w => new Thread(() =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) < first + count;)
            {
                var watch = Stopwatch.StartNew();
                long before = GC.GetAllocatedBytesForCurrentThread();
                running[w] = (number, watch);
                string? finding = null;
                try
                {
                    outcomes.AddOrUpdate(DamageRun.Case(models, seed, (ulong)number), 1, (_, n) => n + 1);
                }
                catch (Exception e)
                {
                    finding = e.ToString();
                }
                running.TryRemove(w, out _);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (watch.Elapsed > Longest) finding ??= $"took {watch.Elapsed}";
                if (allocated > MostBytes) finding ??= $"allocated {allocated} bytes";
                lock (models)
                {
                    if (watch.Elapsed > longest) longest = watch.Elapsed;
                    if (finding is null) continue;
                    findings++;
                    Console.WriteLine($"case {number}: {finding}");
                }
            }
        }))];
        foreach (Thread worker in workers) worker.Start();
        foreach (Thread worker in workers) worker.Join();
        Console.WriteLine(FormattableString.Invariant(
            $"{count} cases, seed {seed}: {string.Join(", ", outcomes.OrderBy(o => o.Key).Select(o => $"{o.Value} {o.Key}"))}, {findings} findings; longest {longest.TotalSeconds:0.0} s, {total.Elapsed.TotalSeconds:0} s in all, {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most"));
        return findings;
    }
}
