using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>
/// How a value in the data's own units becomes the network's int8 input, per channel c:
/// normalised = (value - Mean[c]) * InverseDeviation[c]; q = clamp(round half away from zero(normalised / Scale) + ZeroPoint).
/// Camera bytes have Mean 128, InverseDeviation 1/128, Scale 1/128 and ZeroPoint 0, so that q = byte - 128 and a
/// zero of padding is the input zero point.
/// </summary>
public sealed record InputEncoding(
    ElementType Source, ImmutableArray<float> Mean, ImmutableArray<float> InverseDeviation, float Scale, int ZeroPoint)
{
    public static InputEncoding CameraBytes(int channels) => new(
        ElementType.UInt8,
        [.. Enumerable.Repeat(128f, channels)], [.. Enumerable.Repeat(1f / 128, channels)], 1f / 128, 0);

    public float Normalise(float value, int channel) => (value - Mean[channel]) * InverseDeviation[channel];

    public sbyte Quantise(float value, int channel)
    {
        float rounded = MathF.Round(Normalise(value, channel) / Scale, MidpointRounding.AwayFromZero) + ZeroPoint;
        return rounded <= sbyte.MinValue ? sbyte.MinValue : rounded >= sbyte.MaxValue ? sbyte.MaxValue : (sbyte)rounded;
    }
}
