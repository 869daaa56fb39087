namespace TinyNas.Training;

/// <summary>Pooling in floats, height × width × channels.</summary>
internal static class FloatPooling
{
    public static void Max(MaxPoolStage stage, ReadOnlySpan<float> x, Span<float> y)
    {
        int channels = stage.In.Channels, row = stage.In.Width * channels;
        for (int oy = 0; oy < stage.Out.Height; oy++)
            for (int ox = 0; ox < stage.Out.Width; ox++)
            {
                Span<float> best = y.Slice((oy * stage.Out.Width + ox) * channels, channels);
                best.Fill(float.NegativeInfinity);
                for (int dy = 0; dy < stage.Height; dy++)
                    for (int dx = 0; dx < stage.Width; dx++)
                    {
                        ReadOnlySpan<float> from = x.Slice((oy * stage.Height + dy) * row + (ox * stage.Width + dx) * channels, channels);
                        for (int c = 0; c < best.Length; c++) best[c] = from[c] > best[c] ? from[c] : best[c];
                    }
            }
    }

    public static void Average(AveragePoolStage stage, ReadOnlySpan<float> x, Span<float> y)
    {
        int channels = stage.In.Channels, row = stage.In.Width * channels;
        for (int i = 0; i < y.Length; i++)
        {
            int corner = i / channels / stage.Out.Width * stage.Height * row + i / channels % stage.Out.Width * stage.Width * channels + i % channels;
            double sum = 0;
            for (int dy = 0; dy < stage.Height; dy++)
                for (int dx = 0; dx < stage.Width; dx++) sum += x[corner + dy * row + dx * channels];
            y[i] = (float)(sum / (stage.Height * stage.Width));
        }
    }

    public static void Mean(MeanStage stage, ReadOnlySpan<float> x, Span<float> y)
    {
        int channels = stage.In.Channels, positions = stage.In.Height * stage.In.Width;
        for (int c = 0; c < channels; c++)
        {
            double sum = 0;
            for (int p = 0; p < positions; p++) sum += x[p * channels + c];
            y[c] = (float)(sum / positions);
        }
    }
}
