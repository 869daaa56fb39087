using TinyNas.Model;

namespace TinyNas.Training;

/// <summary>A transposed convolution in floats; each output's sum is taken in double precision, taps in the kernel's order.</summary>
internal static class FloatTransposed
{
    public static void Run(LinearStage stage, FoldedLinear folded, ReadOnlySpan<float> x, Span<float> y)
    {
        Conv g = stage.Geometry;
        Shape from = stage.In, to = stage.Out;
        var geometry = new ConvGeometry(g, to);
        for (int i = 0; i < y.Length; i++)
        {
            int filter = i % to.Channels, column = i / to.Channels % to.Width, row = i / to.Channels / to.Width;
            double sum = folded.Bias[filter];
            for (int tap = 0; tap < g.KernelHeight * g.KernelWidth; tap++)
            {
                int up = row + geometry.Vertical.Before - tap / g.KernelWidth, left = column + geometry.Horizontal.Before - tap % g.KernelWidth;
                if (up < 0 || left < 0 || up % g.StrideHeight != 0 || left % g.StrideWidth != 0) continue;
                (up, left) = (up / g.StrideHeight, left / g.StrideWidth);
                if (up >= from.Height || left >= from.Width) continue;
                int weight = (filter * g.KernelHeight * g.KernelWidth + tap) * from.Channels, pixel = (up * from.Width + left) * from.Channels;
                for (int c = 0; c < from.Channels; c++) sum += folded.Kernel[weight + c] * x[pixel + c];
            }
            y[i] = (float)sum;
        }
        FloatAddition.Activate(stage.Activation, y);
    }
}
