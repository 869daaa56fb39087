using System.Collections.Immutable;

namespace TinyNas.Model;

/// <summary>
/// Uniform affine quantisation: real = scale * (q - zero point). One scale for the whole tensor, or one per index of
/// <paramref name="Dimension"/> (per channel). <paramref name="Dimension"/> is 0 for per-tensor quantisation.
/// </summary>
public sealed record Quantization(ImmutableArray<float> Scales, ImmutableArray<int> ZeroPoints, int Dimension = 0)
{
    public static Quantization PerTensor(float scale, int zeroPoint) => new([scale], [zeroPoint]);

    public static Quantization PerChannel(ImmutableArray<float> scales, int dimension) =>
        new(scales, [.. Enumerable.Repeat(0, scales.Length)], dimension);

    public bool IsPerTensor => Scales.Length == 1;

    public float Scale => Scales[0];

    public int ZeroPoint => ZeroPoints[0];
}
