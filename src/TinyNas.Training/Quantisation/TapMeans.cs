namespace TinyNas.Training;

/// <summary>
/// Mean of what each weight of a linear stage is multiplied with, over positions and samples; padding counts as the zero that it is.
/// Sums are doubles in the order of samples and positions.
/// </summary>
internal sealed class TapMeans
{
    private readonly LinearStage stage;
    private readonly double[] sums;
    private readonly int top, left, channels, group, filtersOfGroup;
    private long count;

    public TapMeans(LinearStage stage)
    {
        this.stage = stage;
        Conv g = stage.Geometry;
        channels = stage.KernelInput.Channels;
        group = channels / g.Groups;
        filtersOfGroup = stage.Out.Channels / g.Groups;
        sums = new double[g.KernelHeight * g.KernelWidth * channels];
        top = WindowPadding.Before(g.Padding, stage.KernelInput.Height, g.KernelHeight, g.StrideHeight, g.DilationHeight, stage.Out.Height);
        left = WindowPadding.Before(g.Padding, stage.KernelInput.Width, g.KernelWidth, g.StrideWidth, g.DilationWidth, stage.Out.Width);
    }

    /// <summary>Mean at weight <paramref name="tap"/> of <paramref name="filter"/>, in the kernel's own order.</summary>
    public double this[int filter, int tap] => sums[tap / group * channels + filter / filtersOfGroup * group + tap % group] / count;

    /// <summary>Adds one sample of what the stage reads.</summary>
    public void Add(ReadOnlySpan<float> x)
    {
        for (int oy = 0; oy < stage.Out.Height; oy++)
            for (int ox = 0; ox < stage.Out.Width; ox++) AddPosition(x, oy, ox);
        count += stage.Out.Height * stage.Out.Width;
    }

    private void AddPosition(ReadOnlySpan<float> x, int oy, int ox)
    {
        Conv g = stage.Geometry;
        for (int ky = 0; ky < g.KernelHeight; ky++)
        {
            int iy = oy * g.StrideHeight + ky * g.DilationHeight - top;
            if ((uint)iy >= (uint)stage.KernelInput.Height) continue;
            for (int kx = 0; kx < g.KernelWidth; kx++)
            {
                int ix = ox * g.StrideWidth + kx * g.DilationWidth - left;
                if ((uint)ix >= (uint)stage.KernelInput.Width) continue;
                Span<double> to = sums.AsSpan((ky * g.KernelWidth + kx) * channels, channels);
                ReadOnlySpan<float> from = x.Slice((iy * stage.KernelInput.Width + ix) * channels, channels);
                for (int c = 0; c < to.Length; c++) to[c] += from[c];
            }
        }
    }
}
