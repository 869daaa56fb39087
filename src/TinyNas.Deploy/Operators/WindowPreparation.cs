using TinyNas.Model;

namespace TinyNas.Deploy;

/// <summary>Padding of windows: SAME puts the odd row or column at the end.</summary>
internal static class WindowPreparation
{
    /// <summary>Keeps every index of a padded map far inside 32 bits.</summary>
    private const long LargestPaddedMap = 1L << 28;

    public static Window2D Window(
        this OperatorContext context, Tensor input, Tensor output, Padding padding, int filterHeight, int filterWidth,
        int strideHeight, int strideWidth, int dilationHeight = 1, int dilationWidth = 1)
    {
        context.Require(input.Shape.Length == 4 && output.Shape.Length == 4, "its maps must have four dimensions");
        context.Require(input.Shape[0] == 1 && output.Shape[0] == 1, "the batch must be 1");
        context.Require(padding is Padding.Same or Padding.Valid, "its padding is neither SAME nor VALID");
        const int far = 1 << 16;
        context.Require(
            filterHeight <= far && filterWidth <= far && dilationHeight <= far && dilationWidth <= far, "its filter reaches too far");
        context.Require(
            filterHeight > 0 && filterWidth > 0 && strideHeight > 0 && strideWidth > 0 && dilationHeight > 0 && dilationWidth > 0,
            "filter, stride and dilation must be positive");
        int padTop = Before(context, padding, input.Shape[1], output.Shape[1], filterHeight, strideHeight, dilationHeight);
        int padLeft = Before(context, padding, input.Shape[2], output.Shape[2], filterWidth, strideWidth, dilationWidth);
        context.Require(
            (input.Shape[1] + ((long)filterHeight - 1) * dilationHeight) * (input.Shape[2] + ((long)filterWidth - 1) * dilationWidth)
                <= LargestPaddedMap / (input.Shape[3] + 8L),
            "its filter reaches too far");
        return new Window2D(
            input.Shape[1], input.Shape[2], output.Shape[1], output.Shape[2], filterHeight, filterWidth,
            strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft);
    }

    /// <summary>The window of the convolution from <paramref name="output"/> back to <paramref name="input"/>, whose size is given.</summary>
    public static Window2D BackwardWindow(
        this OperatorContext context, Tensor output, Tensor input, Padding padding, int filterHeight, int filterWidth, int strideHeight, int strideWidth)
    {
        context.Require(padding is Padding.Same or Padding.Valid, "its padding is neither SAME nor VALID");
        context.Require(filterHeight > 0 && filterWidth > 0 && strideHeight > 0 && strideWidth > 0, "filter and stride must be positive");
        return new Window2D(
            output.Shape[1], output.Shape[2], input.Shape[1], input.Shape[2], filterHeight, filterWidth, strideHeight, strideWidth, 1, 1,
            PadOf(output.Shape[1], filterHeight, strideHeight), PadOf(output.Shape[2], filterWidth, strideWidth));

        int PadOf(int size, int filter, int stride)
        {
            long positions = padding == Padding.Same ? ((long)size + stride - 1) / stride : ((long)size - filter + stride) / stride;
            return (int)Math.Max(((positions - 1) * stride + filter - size) / 2, 0);
        }
    }

    private static int Before(OperatorContext context, Padding padding, int input, int output, int filter, int stride, int dilation)
    {
        long extent = ((long)filter - 1) * dilation + 1;
        long expected = padding == Padding.Same ? ((long)input + stride - 1) / stride : (input - extent + stride) / stride;
        context.Require(expected > 0 && output == expected, $"{input} positions under a filter of {filter} give {Math.Max(expected, 0)}, not {output}");
        return (int)(padding == Padding.Same ? Math.Max((output - 1L) * stride + extent - input, 0) / 2 : 0);
    }
}
