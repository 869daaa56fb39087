using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>A kernel as [rows][taps][columns]: filters, places, channels read (one of a depthwise convolution). A dense layer's places are the pixels it reads.</summary>
internal readonly record struct KernelShape(int Rows, int Height, int Width, int Columns, bool Dense)
{
    public int Taps => Height * Width;

    /// <summary>The tap that meets the pixel itself; null where a dense layer reads several pixels.</summary>
    public int? Middle => Dense && Taps > 1 ? null : (Height - 1) / 2 * Width + (Width - 1) / 2;

    public static KernelShape Of(Network network, ChannelMap map, int layer)
    {
        int from = network.InputsOf(layer)[0];
        Shape input = from < 0 ? network.Input : map.Shapes[from];
        return network.Layers[layer] is Conv conv
            ? new KernelShape(conv.Filters, conv.KernelHeight, conv.KernelWidth, input.Channels / conv.Groups, false)
            : new KernelShape(((Dense)network.Layers[layer]).Units, input.Height, input.Width, input.Channels, true);
    }

    /// <summary>This kernel's tap at the place of <paramref name="tap"/> of another, the middles lying on each other; -1: outside.</summary>
    public int TapAt(KernelShape other, int tap)
    {
        // Pixels of a dense layer have no middle: they are the same or they are others.
        if (Dense) return Height == other.Height && Width == other.Width ? tap : -1;
        int y = tap / other.Width - (other.Height - 1) / 2 + (Height - 1) / 2, x = tap % other.Width - (other.Width - 1) / 2 + (Width - 1) / 2;
        return (uint)y < (uint)Height && (uint)x < (uint)Width ? y * Width + x : -1;
    }

    /// <summary>As a fresh network has it (He et al. 2015).</summary>
    public float[] Random(ref RandomStream random)
    {
        var kernel = new float[Rows * Taps * Columns];
        double deviation = Math.Sqrt(2.0 / (Taps * Columns));
        for (int i = 0; i < kernel.Length; i++) kernel[i] = (float)(deviation * random.NextNormal());
        return kernel;
    }
}
