namespace TinyNas.Runtime.Tests;

/// <summary>Operators as their definitions read, one output at a time.</summary>
internal static class Naive
{
    public static sbyte[] Conv2D(
        in Conv2DParameters p, sbyte[] input, sbyte[] filter, int[] bias, int[] multipliers, int[] shifts)
    {
        Window w = p.Window;
        var output = new sbyte[w.OutputHeight * w.OutputWidth * p.OutputChannels];
        for (int y = 0; y < w.OutputHeight; y++)
            for (int x = 0; x < w.OutputWidth; x++)
                for (int o = 0; o < p.OutputChannels; o++)
                {
                    int group = o / p.GroupOutputs;
                    long sum = bias.Length == 0 ? 0 : bias[o];
                    foreach ((int tap, int at) in Taps(w, y, x))
                        for (int i = 0; i < p.GroupInputs; i++)
                            sum += (input[at * p.InputChannels + group * p.GroupInputs + i] - p.InputZeroPoint)
                                * filter[(o * w.Taps + tap) * p.GroupInputs + i];
                    output[(y * w.OutputWidth + x) * p.OutputChannels + o] = p.Requantizer.Apply((int)sum, multipliers[o], shifts[o]);
                }
        return output;
    }

    public static sbyte[] Depthwise(
        in DepthwiseConv2DParameters p, sbyte[] input, sbyte[] filter, int[] bias, int[] multipliers, int[] shifts)
    {
        Window w = p.Window;
        var output = new sbyte[w.OutputHeight * w.OutputWidth * p.OutputChannels];
        for (int y = 0; y < w.OutputHeight; y++)
            for (int x = 0; x < w.OutputWidth; x++)
                for (int o = 0; o < p.OutputChannels; o++)
                {
                    long sum = bias.Length == 0 ? 0 : bias[o];
                    foreach ((int tap, int at) in Taps(w, y, x))
                        sum += (input[at * p.InputChannels + o / p.Multiplier] - p.InputZeroPoint) * filter[tap * p.OutputChannels + o];
                    output[(y * w.OutputWidth + x) * p.OutputChannels + o] = p.Requantizer.Apply((int)sum, multipliers[o], shifts[o]);
                }
        return output;
    }

    public static sbyte[] Pool(in Pool2DParameters p, sbyte[] input, Func<int[], int> combine)
    {
        Window w = p.Window;
        var output = new sbyte[w.OutputHeight * w.OutputWidth * p.Channels];
        for (int y = 0; y < w.OutputHeight; y++)
            for (int x = 0; x < w.OutputWidth; x++)
                for (int c = 0; c < p.Channels; c++)
                {
                    int channels = p.Channels;
                    int[] values = [.. Taps(w, y, x).Select(t => (int)input[t.At * channels + c])];
                    output[(y * w.OutputWidth + x) * p.Channels + c] = (sbyte)Math.Clamp(combine(values), p.Minimum, p.Maximum);
                }
        return output;
    }

    /// <summary>Tap number and input pixel of every tap that lies inside the map.</summary>
    private static List<(int Tap, int At)> Taps(in Window w, int y, int x)
    {
        var taps = new List<(int, int)>();
        for (int i = 0; i < w.FilterHeight; i++)
            for (int j = 0; j < w.FilterWidth; j++)
            {
                int row = y * w.StrideHeight - w.PadTop + i * w.DilationHeight, column = x * w.StrideWidth - w.PadLeft + j * w.DilationWidth;
                if (row >= 0 && row < w.InputHeight && column >= 0 && column < w.InputWidth) taps.Add((i * w.FilterWidth + j, row * w.InputWidth + column));
            }
        return taps;
    }
}
