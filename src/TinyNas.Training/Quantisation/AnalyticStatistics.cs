using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// Statistics without data (Nagel et al. 2019, §4.2 and 4.3): behind a batch normalisation a channel is taken as normal with mean β and deviation |γ|;
/// a ReLU clips that. Other linear stages add up means and, as if what they read were independent, variances. Ranges are six deviations wide on either side.
/// </summary>
internal sealed class AnalyticStatistics : IStageStatistics
{
    private const double Deviations = 6;

    private readonly ImmutableArray<InferenceStage> stages;

    /// <summary>Per stage and channel: mean, variance, and the interval that values are taken to lie in.</summary>
    private readonly (double Mean, double Variance, double Least, double Most)[][] channels;

    /// <param name="divisors">What equalisation divided each stage's channels by.</param>
    /// <exception cref="TinyNasException">TNAS0303: an operator whose statistics are not worked out.</exception>
    public AnalyticStatistics(TrainedNetwork trained, FloatNetwork network, InputEncoding encoding, double[]?[] divisors)
    {
        stages = network.Stages;
        channels = new (double, double, double, double)[stages.Length][];
        double least = (sbyte.MinValue - encoding.ZeroPoint) * (double)encoding.Scale, most = (sbyte.MaxValue - encoding.ZeroPoint) * (double)encoding.Scale;
        // Camera bytes are anything; normalised recordings have mean 0 and deviation 1.
        var input = Enumerable.Repeat((0.0, encoding.Source == ElementType.UInt8 ? (most - least) * (most - least) / 12 : 1.0, least, most), network.Input.Channels).ToArray();
        (double Mean, double Variance, double Least, double Most)[] Of(int stage) => stage < 0 ? input : channels[stage];
        for (int i = 0; i < stages.Length; i++)
            channels[i] = stages[i] switch
            {
                LinearStage linear => Linear(linear, network.Folded[i]!, trained, divisors[i]!, Of(linear.Input)),
                MaxPoolStage or AveragePoolStage or MeanStage or PadStage => Of(stages[i].Input),
                AddStage add => [.. Of(add.Input).Zip(Of(add.Second), (a, b) => Activate(add.Activation, a.Mean + b.Mean, a.Variance + b.Variance, a.Least + b.Least, a.Most + b.Most))],
                _ => throw new TinyNasException(DiagnosticCatalogue.LayerNotLowered, i, stages[i].Name, "Quantisation with data-free does not know what values it gives")
                    { Setting = "Quantisation" },
            };
    }

    public ActivationRange Range(int stage, QuantisationOptions options) =>
        new(Math.Min(0, channels[stage].Min(c => c.Least)), Math.Max(0, channels[stage].Max(c => c.Most)));

    public Func<int, int, double>? TapMeans(int stage)
    {
        if (stages[stage] is not LinearStage linear || linear.Input < 0) return null;
        int group = linear.KernelInput.Channels / linear.Geometry.Groups, filtersOfGroup = linear.Out.Channels / linear.Geometry.Groups;
        return (filter, tap) => channels[linear.Input][(filter / filtersOfGroup * group + tap % group) % linear.In.Channels].Mean;
    }

    private static (double, double, double, double)[] Linear(
        LinearStage stage, FoldedLinear folded, TrainedNetwork trained, double[] divisors, (double Mean, double Variance, double Least, double Most)[] read)
    {
        int group = stage.KernelInput.Channels / stage.Geometry.Groups, filtersOfGroup = stage.Out.Channels / stage.Geometry.Groups;
        var result = new (double, double, double, double)[stage.Out.Channels];
        for (int f = 0; f < result.Length; f++)
        {
            double mean = folded.Bias[f], variance = 0;
            if (stage.After is [.., var last])
            {
                mean = trained.Parameters[last]["beta"][f] / divisors[f];
                double deviation = trained.Parameters[last]["gamma"][f] / divisors[f];
                variance = deviation * deviation;
            }
            else
                for (int t = 0; t < stage.Taps; t++)
                {
                    double w = folded.Kernel[f * stage.Taps + t];
                    var x = read[(f / filtersOfGroup * group + t % group) % stage.In.Channels];
                    mean += w * x.Mean;
                    variance += w * w * x.Variance;
                }
            double reach = Deviations * Math.Sqrt(variance);
            result[f] = Activate(stage.Activation, mean, variance, mean - reach, mean + reach);
        }
        return result;
    }

    /// <summary>Mean and variance of a normal variable clipped at 0 (Nagel et al. 2019, appendix C); a ReLU6 only ends the range.</summary>
    private static (double, double, double, double) Activate(FusedActivation activation, double mean, double variance, double least, double most)
    {
        if (activation == FusedActivation.None) return (mean, variance, least, most);
        double deviation = Math.Sqrt(variance), top = activation == FusedActivation.Relu6 ? 6 : double.PositiveInfinity;
        if (deviation == 0) return (Math.Max(mean, 0), 0, Math.Max(least, 0), Math.Clamp(most, 0, top));
        double a = mean / deviation, density = DeterministicMath.Exp(-a * a / 2) / Math.Sqrt(2 * Math.PI), share = NormalDistribution(a);
        double clipped = mean * share + deviation * density, square = (mean * mean + variance) * share + mean * deviation * density;
        return (clipped, Math.Max(0, square - clipped * clipped), Math.Max(least, 0), Math.Clamp(most, 0, top));
    }

    /// <summary>Φ to 1e-7 (Abramowitz and Stegun 26.2.17).</summary>
    private static double NormalDistribution(double x)
    {
        double t = 1 / (1 + 0.2316419 * Math.Abs(x)), density = DeterministicMath.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        double tail = density * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }
}
