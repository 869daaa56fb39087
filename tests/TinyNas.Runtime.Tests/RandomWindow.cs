namespace TinyNas.Runtime.Tests;

/// <summary>Windows of every kind: SAME and VALID, strides, dilations, maps smaller than the filter.</summary>
internal static class RandomWindow
{
    public static Window Next(Draw draw, int largestFilter = 4, bool dilated = true)
    {
        while (true)
        {
            int height = draw.Between(1, 9), width = draw.Between(1, 14), filterHeight = draw.Between(1, largestFilter), filterWidth = draw.Between(1, largestFilter);
            int strideHeight = draw.Between(1, 3), strideWidth = draw.Between(1, 3);
            int dilationHeight = dilated ? draw.Between(1, 2) : 1, dilationWidth = dilated ? draw.Between(1, 3) : 1;
            bool same = draw.Between(0, 1) == 0;
            (int outputHeight, int padTop) = Axis(same, height, (filterHeight - 1) * dilationHeight + 1, strideHeight);
            (int outputWidth, int padLeft) = Axis(same, width, (filterWidth - 1) * dilationWidth + 1, strideWidth);
            if (outputHeight < 1 || outputWidth < 1) continue;
            return new Window(
                height, width, outputHeight, outputWidth, filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padTop, padLeft);
        }
    }

    private static (int Output, int Pad) Axis(bool same, int input, int extent, int stride)
    {
        int output = same ? (input + stride - 1) / stride : (input - extent + stride) / stride;
        return (output, same ? Math.Max((output - 1) * stride + extent - input, 0) / 2 : 0);
    }
}
