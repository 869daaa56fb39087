namespace TinyNas.Training;

/// <summary>How the kernel of a convolution or dense layer is quantised: symmetric, one learned scale per filter or one for all.</summary>
/// <param name="Levels">Largest magnitude of a weight: 127 for 8 bits, 7 for 4.</param>
/// <param name="Starts">Logarithms that the scales begin with.</param>
/// <param name="Source">What the layer reads.</param>
internal sealed record KernelGrid(ThresholdMethod Method, int Levels, double[] Starts, Grid Source)
{
    /// <summary>One per filter, or one: as of the last forward pass.</summary>
    public float[] Scales { get; } = new float[Starts.Length];

    /// <summary>[filter][tap], as of the last forward pass.</summary>
    public sbyte[] Integers { get; set; } = [];

    public float ScaleOf(int filter) => Scales[Scales.Length == 1 ? 0 : filter];
}
