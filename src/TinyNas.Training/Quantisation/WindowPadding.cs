using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>Where a convolution's window lies, by TensorFlow's rules of padding.</summary>
internal static class WindowPadding
{
    /// <summary>Rows or columns of padding before the first; the odd one of a Same padding goes to the end.</summary>
    public static int Before(Padding padding, int size, int kernel, int stride, int dilation, int output) =>
        padding == Padding.Valid ? 0 : Total(size, kernel, stride, dilation, output) / 2;

    /// <summary>Whether any window reaches outside the map.</summary>
    public static bool Pads(Conv conv, Shape input)
    {
        if (conv.Padding == Padding.Valid) return false;
        Shape output = ShapeInference.Output(conv, input);
        return Total(input.Height, conv.KernelHeight, conv.StrideHeight, conv.DilationHeight, output.Height) > 0
            || Total(input.Width, conv.KernelWidth, conv.StrideWidth, conv.DilationWidth, output.Width) > 0;
    }

    private static int Total(int size, int kernel, int stride, int dilation, int output) =>
        Math.Max((output - 1) * stride + (kernel - 1) * dilation + 1 - size, 0);
}
