using TinyNas.Model;

namespace TinyNas.Data;

/// <summary>Parts of a normalised sample set to zero, which is the mean: cut-out (DeVries and Taylor 2017) and the masks of SpecAugment (Park et al. 2019).</summary>
internal static class Masks
{
    /// <param name="cutout">Sides of the patch as a share of the sample's; its middle may lie anywhere.</param>
    public static void CutOut(Shape shape, Span<float> values, double cutout, ref RandomStream random)
    {
        int height = shape.Height == 1 ? 1 : (int)(cutout * shape.Height + 0.5), width = (int)(cutout * shape.Width + 0.5);
        int top = random.NextInt(shape.Height) - height / 2, left = random.NextInt(shape.Width) - width / 2;
        for (int y = Math.Max(0, top); y < Math.Min(shape.Height, top + height); y++)
            for (int x = Math.Max(0, left); x < Math.Min(shape.Width, left + width); x++)
                values.Slice((y * shape.Width + x) * shape.Channels, shape.Channels).Clear();
    }

    /// <summary>Up to <paramref name="share"/> of the rows, all their columns: of a spectrogram, a stretch of time.</summary>
    public static void Rows(Shape shape, Span<float> values, double share, ref RandomStream random)
    {
        (int first, int count) = Stretch(shape.Height, share, ref random);
        values.Slice(first * shape.Width * shape.Channels, count * shape.Width * shape.Channels).Clear();
    }

    /// <summary>Up to <paramref name="share"/> of the columns, in every row.</summary>
    public static void Columns(Shape shape, Span<float> values, double share, ref RandomStream random)
    {
        (int first, int count) = Stretch(shape.Width, share, ref random);
        for (int y = 0; y < shape.Height; y++) values.Slice((y * shape.Width + first) * shape.Channels, count * shape.Channels).Clear();
    }

    /// <summary>Up to <paramref name="share"/> of the channels, in every pixel.</summary>
    public static void Channels(Shape shape, Span<float> values, double share, ref RandomStream random)
    {
        (int first, int count) = Stretch(shape.Channels, share, ref random);
        for (int i = 0; i < shape.Height * shape.Width; i++) values.Slice(i * shape.Channels + first, count).Clear();
    }

    private static (int First, int Count) Stretch(int size, double share, ref RandomStream random)
    {
        int count = random.NextInt((int)(share * size) + 1);
        return (random.NextInt(size - count + 1), count);
    }
}
