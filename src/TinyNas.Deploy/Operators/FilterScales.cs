using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Scales of symmetric weights: one, or one per output channel.</summary>
internal static class FilterScales
{
    public static ImmutableArray<float> Of(OperatorContext context, Tensor filter, int dimension, int channels)
    {
        if (filter.Quantization is not { } quantization) throw context.Unsupported("its filter has no scale");
        context.Require(quantization.ZeroPoints.All(z => z == 0), "its filter has a zero point");
        context.Require(quantization.Scales.All(s => s >= 0 && float.IsFinite(s)), "its filter has a scale that is no positive number");
        context.Require(
            quantization.Scales.Length == 1 || (quantization.Scales.Length == channels && quantization.Dimension == dimension),
            "its filter has scales that are not one per output channel");
        return quantization.Scales;
    }
}
