using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Range of an activation, <paramref name="Minimum"/> ≤ 0 ≤ <paramref name="Maximum"/>, spread over the 256 values of an int8.</summary>
internal readonly record struct ActivationRange(double Minimum, double Maximum)
{
    /// <summary>A tensor that is always zero gets 1/255: any scale is right, but none may be 0.</summary>
    public double Scale => Maximum > Minimum ? (Maximum - Minimum) / 255 : 1.0 / 255;

    public int ZeroPoint => ZeroPointFor(Scale);

    /// <summary>int8 quantisation with at least <paramref name="leastScale"/> as scale. A range from 0, as a ReLU's, has zero point −128.</summary>
    public Quantization Quantization(double leastScale)
    {
        double scale = Math.Max(Scale, leastScale);
        return Model.Quantization.PerTensor((float)scale, ZeroPointFor(scale));
    }

    private int ZeroPointFor(double scale) =>
        (int)Math.Clamp(Math.Round(sbyte.MinValue - Minimum / scale, MidpointRounding.AwayFromZero), sbyte.MinValue, sbyte.MaxValue);
}
