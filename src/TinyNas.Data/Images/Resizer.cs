using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>
/// Exact integer resize of the whole image, each axis on its own: area average where it shrinks, bilinear where it
/// grows, rounded once at the end. The proportions follow the target; nothing is cropped.
/// </summary>
public static class Resizer
{
    /// <summary>Channels first (at the source's resolution), then size.</summary>
    public static Image Fit(Image image, Shape shape) => Resize(image.WithChannels(shape.Channels), shape.Width, shape.Height);

    public static Image Resize(Image image, int width, int height)
    {
        if (image.Width == width && image.Height == height) return image;
        AxisWeights columns = AxisWeights.Resize(image.Width, width), rows = AxisWeights.Resize(image.Height, height);
        int rowLength = width * image.Channels;
        long total = (long)columns.Total * rows.Total;
        var pixels = new byte[rowLength * height];
        var sums = new long[rowLength];
        var narrowed = new int[rowLength];
        int narrowedRow = -1;
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (int t = 0; t < rows.Taps; t++)
            {
                long weight = rows.Weights[y * rows.Taps + t];
                if (weight == 0) continue;
                if (narrowedRow != rows.First[y] + t) NarrowRow(image, narrowedRow = rows.First[y] + t, columns, narrowed);
                for (int i = 0; i < rowLength; i++) sums[i] += weight * narrowed[i];
            }
            for (int i = 0; i < rowLength; i++) pixels[y * rowLength + i] = (byte)((sums[i] + total / 2) / total);
        }
        return new Image(width, height, image.Channels, pixels);
    }

    private static void NarrowRow(Image image, int y, AxisWeights columns, int[] narrowed)
    {
        int channels = image.Channels;
        ReadOnlySpan<byte> row = image.Pixels.AsSpan(y * image.Width * channels, image.Width * channels);
        for (int x = 0; x < columns.First.Length; x++)
            for (int c = 0; c < channels; c++)
            {
                // At most 255 × Total, and Total is a side of an image: fits 32 bits for sides below 2^23.
                int sum = 0;
                for (int t = 0; t < columns.Taps; t++)
                    if (columns.Weights[x * columns.Taps + t] is var weight and not 0)
                        sum += weight * row[(columns.First[x] + t) * channels + c];
                narrowed[x * channels + c] = sum;
            }
    }
}
