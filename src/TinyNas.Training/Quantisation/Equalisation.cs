using System.Collections.Immutable;

namespace TinyNas.Training;

/// <summary>
/// Cross-layer equalisation (Nagel et al. 2019, §4.1): where one linear stage alone reads another, through a ReLU or nothing and through pools
/// and means at most, a channel may be divided by s before and multiplied by s behind without changing what the network computes.
/// s = √(r1 / r2) makes the channel's largest weights equal on both sides, r1 and r2 being those; repeated until nothing moves.
/// </summary>
internal static class Equalisation
{
    private const int MostRounds = 40;
    private const double Still = 1e-3;

    /// <returns>The equalised weights, and per stage and channel what its output was divided by.</returns>
    public static (ImmutableArray<FoldedLinear?> Folded, double[]?[] Divisors) Apply(ImmutableArray<InferenceStage> stages, ImmutableArray<FoldedLinear?> folded)
    {
        FoldedLinear?[] equal = [.. folded.Select(f => f is null ? null : new FoldedLinear([.. f.Kernel], [.. f.Bias]))];
        double[]?[] divisors = [.. stages.Select(s => s is LinearStage linear ? Enumerable.Repeat(1.0, linear.Out.Channels).ToArray() : null)];
        (int First, int Second)[] pairs = [.. Pairs(stages)];
        for (int round = 0; round < MostRounds; round++)
        {
            double moved = 0;
            foreach (var (first, second) in pairs)
                for (int c = 0; c < divisors[first]!.Length; c++)
                {
                    double s = Balance((LinearStage)stages[first], equal[first]!, (LinearStage)stages[second], equal[second]!, c);
                    divisors[first]![c] *= s;
                    moved = Math.Max(moved, Math.Abs(s - 1));
                }
            if (moved < Still) break;
        }
        return ([.. equal], divisors);
    }

    /// <summary>Linear stages of which the second alone reads the first, with nothing between that a positive factor does not pass through.</summary>
    public static IEnumerable<(int First, int Second)> Pairs(ImmutableArray<InferenceStage> stages)
    {
        int[] readers = [.. stages.Select((_, i) => stages.Sum(s => s.Inputs.Count(input => input == i)))];
        for (int second = 0; second < stages.Length; second++)
        {
            if (stages[second] is not LinearStage) continue;
            int first = stages[second].Input;
            while (first >= 0 && readers[first] == 1 && stages[first] is MaxPoolStage or AveragePoolStage or MeanStage or PadStage) first = stages[first].Input;
            if (first >= 0 && readers[first] == 1 && stages[first] is LinearStage { Activation: Model.FusedActivation.None or Model.FusedActivation.Relu }) yield return (first, second);
        }
    }

    /// <summary>Indices in the second stage's kernel of the weights that read channel <paramref name="channel"/>.</summary>
    public static IEnumerable<int> Readers(LinearStage second, int channel)
    {
        int group = second.KernelInput.Channels / second.Geometry.Groups, filtersOfGroup = second.Out.Channels / second.Geometry.Groups;
        for (int i = 0; i < second.Out.Channels * second.Taps; i++)
            // A fully connected stage reads a flattened map, whose channels come round again at every pixel.
            if ((i / second.Taps / filtersOfGroup * group + i % group) % second.In.Channels == channel) yield return i;
    }

    private static double Balance(LinearStage first, FoldedLinear before, LinearStage second, FoldedLinear behind, int channel)
    {
        double r1 = 0, r2 = 0;
        for (int t = 0; t < first.Taps; t++) r1 = Math.Max(r1, Math.Abs(before.Kernel[channel * first.Taps + t]));
        int[] readers = [.. Readers(second, channel)];
        foreach (int i in readers) r2 = Math.Max(r2, Math.Abs(behind.Kernel[i]));
        // A dead channel has no balance.
        if (r1 == 0 || r2 == 0) return 1;
        double s = Math.Sqrt(r1 / r2);
        for (int t = 0; t < first.Taps; t++) before.Kernel[channel * first.Taps + t] /= s;
        before.Bias[channel] /= s;
        foreach (int i in readers) behind.Kernel[i] *= s;
        return s;
    }
}
