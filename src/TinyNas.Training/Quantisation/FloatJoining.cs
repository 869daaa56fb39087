namespace TinyNas.Training;

/// <summary>Products, concatenations, zeros and repetitions in floats, height × width × channels.</summary>
internal static class FloatJoining
{
    public static void Multiply(MultiplyStage stage, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        for (int i = 0; i < y.Length; i += b.Length)
            for (int j = 0; j < b.Length; j++) y[i + j] = a[i + j] * b[j];
        FloatAddition.Activate(stage.Activation, y);
    }

    /// <summary>Puts one part's channels from <paramref name="first"/> on.</summary>
    public static void Place(ConcatenateStage stage, int first, ReadOnlySpan<float> part, Span<float> y)
    {
        int pixels = stage.Out.Height * stage.Out.Width, channels = part.Length / pixels;
        for (int p = 0; p < pixels; p++) part.Slice(p * channels, channels).CopyTo(y[(p * stage.Out.Channels + first)..]);
    }

    public static void Repeat(UpsampleStage stage, ReadOnlySpan<float> x, Span<float> y)
    {
        int channels = stage.In.Channels;
        for (int p = 0; p < stage.Out.Height * stage.Out.Width; p++)
        {
            int row = p / stage.Out.Width / stage.Scale.Height, column = p % stage.Out.Width / stage.Scale.Width;
            x.Slice((row * stage.In.Width + column) * channels, channels).CopyTo(y[(p * channels)..]);
        }
    }

    public static void Pad(PadStage stage, ReadOnlySpan<float> x, Span<float> y)
    {
        int row = stage.In.Width * stage.In.Channels;
        y.Clear();
        for (int i = 0; i < stage.In.Height; i++)
            x.Slice(i * row, row).CopyTo(y[(((i + stage.Border.Top) * stage.Out.Width + stage.Border.Left) * stage.In.Channels)..]);
    }
}
