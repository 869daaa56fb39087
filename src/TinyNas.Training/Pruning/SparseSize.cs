using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>
/// What the weights of an int8 graph would take in a sparse storage, indices counted. This is a figure, not a deployment: the kernels of TFLM,
/// CMSIS-NN and the emitted C read dense weights, so the firmware stores every zero.
/// </summary>
public static class SparseSize
{
    /// <summary>Longest gap that one byte tells; a longer one takes a byte of 255 and a value of zero more for each.</summary>
    private const int MostGap = 255;

    /// <summary>Bytes of the cheapest of three forms: dense; a bitmap of a bit per weight before the non-zero values; or each non-zero value with the gap before it.</summary>
    public static int Of(ReadOnlySpan<sbyte> weights)
    {
        int present = 0, gap = 0, pairs = 0;
        foreach (sbyte w in weights)
        {
            if (w == 0 && gap < MostGap)
            {
                gap++;
                continue;
            }
            pairs++;
            gap = 0;
            if (w != 0) present++;
        }
        return Math.Min(weights.Length, Math.Min((weights.Length + 7) / 8 + present, 2 * pairs));
    }

    /// <summary>Weights by <see cref="Of"/>, biases at four bytes each.</summary>
    public static int OfWeights(Graph graph) => graph.Tensors.Where(t => t.IsConstant).Sum(t => t.Type switch
    {
        ElementType.Int8 => Of(t.Values<sbyte>()),
        // Axes of a mean are no weights.
        ElementType.Int32 when t.Quantization is not null => t.Bytes,
        _ => 0,
    });

    /// <summary>The same in the dense form that is deployed.</summary>
    public static int Dense(Graph graph) => graph.Tensors.Where(t => t.IsConstant && (t.Type == ElementType.Int8 || t.Quantization is not null)).Sum(t => t.Bytes);
}
