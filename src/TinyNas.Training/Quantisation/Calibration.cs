using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// What the calibration samples showed of every stage: the values it gives, and (where asked for) the mean that each of
/// its weights is multiplied with.
/// </summary>
internal sealed class Calibration : IStageStatistics
{
    private readonly FloatNetwork network;
    private readonly ISampleSource samples;
    private readonly int count;
    private readonly float least, most;
    private readonly float[] sample;

    /// <summary>The stage that alone reads each stage; null where there are none or several.</summary>
    private readonly int?[] soleReaders;

    private readonly ImmutableArray<int> owners;

    private Calibration(FloatNetwork network, InputEncoding encoding, ISampleSource samples, int count)
    {
        if (samples.Shape != network.Input) throw new ArgumentException($"Samples of {samples.Shape} for a network that reads {network.Input}.", nameof(samples));
        if (count < 1) throw new ArgumentException("Calibration needs at least one sample.", nameof(samples));
        (this.network, this.samples, this.count) = (network, samples, count);
        least = (sbyte.MinValue - encoding.ZeroPoint) * encoding.Scale;
        most = (sbyte.MaxValue - encoding.ZeroPoint) * encoding.Scale;
        sample = new float[network.Input.Count];
        soleReaders = [.. network.Stages.Select((_, s) => Enumerable.Range(0, network.Stages.Length)
            .SelectMany(reader => network.Stages[reader].Inputs.Where(i => i == s).Select(_ => reader)).ToArray() is [var only] ? only : (int?)null)];
        owners = ScaleOwners.Of(network.Stages);
        Histograms = [.. network.Stages.Select(_ => new ActivationHistogram())];
        TapMeans = [.. network.Stages.Select(s => s is LinearStage { Transposed: false } linear ? new TapMeans(linear) : null)];
    }

    /// <summary>Empty for stages that have the quantisation of another.</summary>
    public ImmutableArray<ActivationHistogram> Histograms { get; }

    public ImmutableArray<TapMeans?> TapMeans { get; }

    public ActivationRange Range(int stage, QuantisationOptions options) => Histograms[stage].Range(options);

    Func<int, int, double>? IStageStatistics.TapMeans(int stage) => TapMeans[stage] is { } means ? (filter, tap) => means[filter, tap] : null;

    public static Calibration Run(FloatNetwork network, InputEncoding encoding, ISampleSource samples, QuantisationOptions options)
    {
        var calibration = new Calibration(network, encoding, samples, Math.Min(options.Samples, samples.Count));
        calibration.ForEachSample((histogram, values) => histogram.Widen(values), means: false);
        // A second pass costs less than holding every activation of every sample.
        if (options.Method != CalibrationMethod.MinMax || options.BiasCorrection)
            calibration.ForEachSample((histogram, values) => histogram.Count(values), means: options.BiasCorrection);
        return calibration;
    }

    private void ForEachSample(Action<ActivationHistogram, ReadOnlySpan<float>> see, bool means)
    {
        for (int i = 0; i < count; i++)
        {
            samples.Read((int)((long)i * samples.Count / count), 0, sample);
            // The int8 input saturates; what is seen here must not go beyond it.
            foreach (ref float value in sample.AsSpan()) value = Math.Clamp(value, least, most);
            network.Infer(sample);
            for (int s = 0; s < Histograms.Length; s++)
            {
                if (owners[s] == s) see(Histograms[s], network.Activation(Pooled(s)));
                if (means) TapMeans[s]?.Add(network.Stages[s].Input < 0 ? sample : network.Activation(network.Stages[s].Input));
            }
        }
    }

    /// <summary>A max-pool shares the quantisation of what it reads, and what it drops nobody sees: only what it keeps counts.</summary>
    private int Pooled(int stage)
    {
        while (soleReaders[stage] is { } reader && network.Stages[reader] is MaxPoolStage) stage = reader;
        return stage;
    }
}
