using System.Runtime.InteropServices;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Search;

/// <summary>Classifies samples with an int8 graph on the integer kernels: the class is the largest output, the first of equals.</summary>
public static class IntegerClassifier
{
    /// <summary>Allocates nothing per sample. <paramref name="workers"/> threads share the samples; counts do not depend on how many.</summary>
    public static ConfusionMatrix Evaluate(Graph graph, IntegerSamples samples, int workers = 1, CancellationToken cancellation = default)
    {
        var counts = new int[Math.Max(1, workers)][];
        void Work(int worker)
        {
            int[] mine = counts[worker] = new int[samples.Classes * samples.Classes];
            var interpreter = new Interpreter(graph);
            for (int i = worker; i < samples.Count; i += counts.Length)
            {
                cancellation.ThrowIfCancellationRequested();
                samples[i].CopyTo(interpreter.Input());
                interpreter.Invoke();
                mine[samples.Target(i) * samples.Classes + LargestOf(MemoryMarshal.Cast<byte, sbyte>(interpreter.Output()))]++;
            }
        }
        if (counts.Length == 1) Work(0);
        else Parallel.For(0, counts.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = counts.Length }, Work);
        return ConfusionMatrix.Of(samples.Classes, counts);
    }

    internal static int LargestOf<T>(ReadOnlySpan<T> scores) where T : IComparable<T>
    {
        int largest = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i].CompareTo(scores[largest]) > 0) largest = i;
        return largest;
    }
}
