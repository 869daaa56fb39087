using System.Globalization;

namespace TinyNas.Training;

/// <summary>Throughput of trials that run at once beside that of one alone; medians of rounds that alternate.</summary>
/// <param name="Scaling">All trials' samples per second over those of one.</param>
public sealed record TrialScaling(int Trials, double OneSamplesPerSecond, double AllSamplesPerSecond, double Scaling)
{
    private const int Rounds = 5;

    /// <param name="seconds">For all rounds together.</param>
    public static TrialScaling Measure(Network network, LossKind loss, int batchSize, double seconds, int trials, CancellationToken cancellation)
    {
        double share = seconds / (2 * Rounds);
        var one = new List<double>();
        var all = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            one.Add(TrainingBenchmark.RunTogether(network, loss, batchSize, share, 1, cancellation)[0].SamplesPerSecond);
            all.Add(TrainingBenchmark.RunTogether(network, loss, batchSize, share, trials, cancellation).Sum(r => r.SamplesPerSecond));
        }
        return new TrialScaling(trials, Median(one), Median(all), Median([.. all.Zip(one, (a, b) => a / b)]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"one trial {OneSamplesPerSecond:F0} samples/s, {Trials} at once {AllSamplesPerSecond:F0}: {Scaling:F2} times");

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
