using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>How scales are learned in quantisation-aware training.</summary>
public enum ThresholdMethod
{
    /// <summary>Powers of two, by the logarithm of a threshold (Jain et al. 2020, "TQT"): requantisation is then a shift.</summary>
    PowerOfTwo,

    /// <summary>Any scale, by its logarithm (after Esser et al. 2020, "LSQ"; with Adam their gradient scale has no effect and is left out).</summary>
    LearnedStep,
}

/// <summary>
/// A scale that is learned: s = 2^l, or 2^⌈l⌉ where powers of two are wanted, with l = start + <see cref="Gain"/> θ and θ trained like a
/// weight. Rounding up has derivative 1 in the backward pass, as rounding of values has.
/// </summary>
internal static class LearnedScale
{
    /// <summary>Adam moves a weight by the learning rate; thresholds are to move about twenty times as far (TQT: 1e-2 on logarithms).</summary>
    public const double Gain = 20;

    public static readonly double Ln2 = DeterministicMath.Log(2.0);

    /// <summary>l at which the scale is nearest to <paramref name="scale"/>: for powers of two, the middle of the interval that rounds up to the nearest in the logarithm.</summary>
    public static double Start(ThresholdMethod method, double scale)
    {
        double exact = DeterministicMath.Log(scale) / Ln2;
        return method == ThresholdMethod.PowerOfTwo ? Math.Floor(exact + 0.5) - 0.5 : exact;
    }

    public static float Of(ThresholdMethod method, double start, float theta)
    {
        double l = Math.Clamp(start + Gain * theta, -60, 60);
        return method == ThresholdMethod.PowerOfTwo ? MathF.ScaleB(1, (int)Math.Ceiling(l)) : (float)DeterministicMath.Exp(l * Ln2);
    }

    /// <summary>The least scale of the method that is at least <paramref name="least"/> and at least <paramref name="scale"/>.</summary>
    public static float AtLeast(ThresholdMethod method, float scale, double least)
    {
        if (method == ThresholdMethod.LearnedStep) return scale >= least ? scale : MathF.BitIncrement((float)least);
        while (scale < least) scale *= 2;
        return scale;
    }

    /// <summary>dL/dθ from dL/ds · s.</summary>
    public static float Gradient(double byScale) => (float)(byScale * Ln2 * Gain);
}
