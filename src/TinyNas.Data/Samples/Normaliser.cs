using System.Collections.Immutable;
using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>Chooses how values in the data's own units become the network's int8 input, from the training side alone.</summary>
public static class Normaliser
{
    /// <summary>The int8 range ends where 99.9 % of the values lie within it, but not below 1 or above 6 deviations.</summary>
    private const double Coverage = 0.999, LeastRange = 1, MostRange = 6;
    private const int BinsPerDeviation = 1024;

    /// <summary>
    /// Bytes: minus 128, so that firmware feeds camera pixels with one subtraction. Floats: each channel by its mean and
    /// deviation over <paramref name="indices"/>, in doubles and in the order of the indices; a channel that never changes
    /// gets an inverse deviation of 1. Zero is exact in int8, so padding with zeros is padding with the mean.
    /// </summary>
    public static InputEncoding Fit(DataSet data, ReadOnlySpan<int> indices)
    {
        int channels = data.Shape.Channels;
        if (data.ElementType == ElementType.UInt8) return InputEncoding.CameraBytes(channels);
        double[] mean = Means(data, indices, c => 0, (value, _) => value);
        double[] variance = Means(data, indices, c => mean[c], (value, centre) => (value - centre) * (value - centre));
        var encoding = new InputEncoding(ElementType.Float32, [.. mean.Select(m => (float)m)], [.. variance.Select((v, c) => InverseDeviation(v, mean[c]))], 1, 0);
        return encoding with { Scale = (float)(Range(data, indices, encoding) / 127) };
    }

    /// <summary>A spread that is nothing but the rounding of floats at that magnitude counts as none.</summary>
    private static float InverseDeviation(double variance, double mean)
    {
        double deviation = Math.Sqrt(variance);
        return deviation <= Math.Max(Math.Abs(mean) * 1e-6, 1e-30) ? 1 : (float)(1 / deviation);
    }

    private static double[] Means(DataSet data, ReadOnlySpan<int> indices, Func<int, double> centreOf, Func<double, double, double> term)
    {
        int channels = data.Shape.Channels, size = data.Shape.Count;
        var sums = new double[channels];
        double[] centres = [.. Enumerable.Range(0, channels).Select(centreOf)];
        foreach (int index in indices)
        {
            ReadOnlySpan<float> sample = data.Floats.AsSpan(index * size, size);
            for (int i = 0; i < size; i++) sums[i % channels] += term(sample[i], centres[i % channels]);
        }
        double count = Math.Max(1, (double)indices.Length * (size / channels));
        for (int c = 0; c < channels; c++) sums[c] /= count;
        return sums;
    }

    /// <summary>The percentile of the normalised magnitudes, to a 1024th of a deviation, by counting.</summary>
    private static double Range(DataSet data, ReadOnlySpan<int> indices, InputEncoding encoding)
    {
        int channels = data.Shape.Channels, size = data.Shape.Count;
        var bins = new long[(int)MostRange * BinsPerDeviation + 1];
        foreach (int index in indices)
        {
            ReadOnlySpan<float> sample = data.Floats.AsSpan(index * size, size);
            for (int i = 0; i < size; i++)
            {
                float magnitude = Math.Abs(encoding.Normalise(sample[i], i % channels));
                bins[magnitude >= MostRange ? ^1 : (int)(magnitude * BinsPerDeviation)]++;
            }
        }
        double wanted = Coverage * indices.Length * size, seen = 0;
        int bin = 0;
        while (bin < bins.Length - 1 && (seen += bins[bin]) < wanted) bin++;
        return Math.Clamp((bin + 1.0) / BinsPerDeviation, LeastRange, MostRange);
    }
}
