using System.Collections.Immutable;
using TinyNas.Data;

namespace TinyNas.Training;

/// <summary>
/// What the calibration samples showed of every stage: the values it gives, and (where asked for) the mean of each channel
/// that it reads, or of each value for a fully connected stage.
/// </summary>
internal sealed class Calibration
{
    private readonly FloatNetwork network;
    private readonly ISampleSource samples;
    private readonly int count;
    private readonly float[] sample;

    private Calibration(FloatNetwork network, ISampleSource samples, int count)
    {
        if (samples.Shape != network.Input) throw new ArgumentException($"Samples of {samples.Shape} for a network that reads {network.Input}.", nameof(samples));
        if (count < 1) throw new ArgumentException("Calibration needs at least one sample.", nameof(samples));
        (this.network, this.samples, this.count) = (network, samples, count);
        sample = new float[network.Input.Count];
        Histograms = [.. network.Stages.Select(_ => new ActivationHistogram())];
        InputMeans = [.. network.Stages.Select(s => s is LinearStage { FullyConnected: true } ? new double[s.In.Count] : new double[s.In.Channels])];
    }

    public ImmutableArray<ActivationHistogram> Histograms { get; }

    public ImmutableArray<double[]> InputMeans { get; }

    public static Calibration Run(FloatNetwork network, ISampleSource samples, QuantisationOptions options)
    {
        var calibration = new Calibration(network, samples, Math.Min(options.Samples, samples.Count));
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
            network.Infer(sample);
            for (int s = 0; s < Histograms.Length; s++)
            {
                if (network.Stages[s] is not MaxPoolStage) see(Histograms[s], network.Activation(s));
                if (means) AddMeans(s);
            }
        }
    }

    private void AddMeans(int stage)
    {
        int source = network.Stages[stage].Input;
        ReadOnlySpan<float> values = source < 0 ? sample : network.Activation(source);
        double[] sums = InputMeans[stage];
        double weight = (double)sums.Length / values.Length / count;
        for (int i = 0; i < values.Length; i++) sums[i % sums.Length] += values[i] * weight;
    }
}
