using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Which taps meet along one axis, forwards and backwards.</summary>
internal sealed record AxisGeometry(int Size, int Kernel, int Stride, int Dilation, Padding Padding, bool Causal = false)
{
    private int Reach => (Kernel - 1) * Dilation + 1;

    public int Output => Causal || Padding == Padding.Same ? (Size + Stride - 1) / Stride : (Size - Reach) / Stride + 1;

    /// <summary>Zeros before the first element; TensorFlow's rule puts the odd one behind the last.</summary>
    public int Before => Causal ? Reach - 1 : Padding == Padding.Same ? Math.Max((Output - 1) * Stride + Reach - Size, 0) / 2 : 0;

    /// <summary>Zeros behind the last element that some tap reads.</summary>
    public int After => Math.Max((Output - 1) * Stride + Reach - Before - Size, 0);

    /// <summary>
    /// The gradient of inputs phase, phase + Stride, … : input phase + Stride t gathers, for each tap listed, the output
    /// gradient at t + Offset. Taps are in ascending order of offset.
    /// </summary>
    public (int Tap, int Offset)[] GradientTaps(int phase) =>
    [
        .. Enumerable.Range(0, Kernel).Reverse()
            .Select(tap => (Tap: tap, Distance: phase + Before - tap * Dilation))
            .Where(t => t.Distance % Stride == 0)
            .Select(t => (t.Tap, t.Distance / Stride)),
    ];

    /// <summary>Inputs of a phase.</summary>
    public int GradientCount(int phase) => (Size - phase + Stride - 1) / Stride;

    /// <summary>Zeros around the output gradient that <see cref="GradientTaps"/> reaches.</summary>
    public (int Before, int After) GradientHalo()
    {
        int before = 0, after = 0;
        for (int phase = 0; phase < Math.Min(Stride, Size); phase++)
            foreach (var (_, offset) in GradientTaps(phase))
            {
                before = Math.Max(before, -offset);
                after = Math.Max(after, GradientCount(phase) - 1 + offset - (Output - 1));
            }
        return (before, after);
    }
}

/// <summary>Shapes, halos and tap positions of a convolution over one input shape.</summary>
internal sealed class ConvGeometry(Conv conv, Shape input)
{
    public AxisGeometry Vertical { get; } = new(input.Height, conv.KernelHeight, conv.StrideHeight, conv.DilationHeight, conv.Padding);
    public AxisGeometry Horizontal { get; } = new(input.Width, conv.KernelWidth, conv.StrideWidth, conv.DilationWidth, conv.Padding, conv.Causal);

    public Halo InputHalo => new(Vertical.Before, Horizontal.Before, Vertical.After, Horizontal.After);

    /// <summary>Halo of the output's gradient, for the gradient of the input.</summary>
    public Halo GradientHalo
    {
        get
        {
            var (top, bottom) = Vertical.GradientHalo();
            var (left, right) = Horizontal.GradientHalo();
            return new Halo(top, left, bottom, right);
        }
    }
}
