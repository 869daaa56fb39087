using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

/// <summary>Normalised samples held in memory.</summary>
internal sealed class MemorySamples(Shape shape, float[][] samples, int[]? targets = null, int classes = 2) : ISampleSource
{
    public Shape Shape => shape;

    public int Count => samples.Length;

    public int Classes => classes;

    public int Target(int index) => targets is null ? 0 : targets[index];

    public void Read(int index, int epoch, Span<float> destination) => samples[index].CopyTo(destination);

    /// <summary>Pictures of soft blobs on a slope, in camera bytes: neighbours resemble each other, as in photographs.</summary>
    public static byte[][] Pictures(Shape shape, int count, ulong seed)
    {
        var random = new RandomStream(seed, RandomStream.KeyOf("test pictures"));
        var pictures = new byte[count][];
        for (int n = 0; n < count; n++)
        {
            pictures[n] = new byte[shape.Count];
            double cx = random.NextDouble() * shape.Width, cy = random.NextDouble() * shape.Height, radius = 1 + random.NextDouble() * shape.Width / 3;
            double slope = random.NextNormal() * 3;
            double[] tint = [60 * random.NextNormal(), 60 * random.NextNormal(), 60 * random.NextNormal()];
            for (int i = 0; i < shape.Count; i++)
            {
                int c = i % shape.Channels, x = i / shape.Channels % shape.Width, y = i / shape.Channels / shape.Width;
                double square = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (radius * radius);
                double value = 110 + tint[c % 3] / (1 + square * square) + slope * (x - y) + 6 * random.NextNormal();
                pictures[n][i] = (byte)Math.Clamp(value, 0, 255);
            }
        }
        return pictures;
    }

    public static MemorySamples OfPictures(Shape shape, byte[][] pictures)
    {
        InputEncoding encoding = InputEncoding.CameraBytes(shape.Channels);
        return new(shape, [.. pictures.Select(p => p.Select((b, i) => encoding.Normalise(b, i % shape.Channels)).ToArray())]);
    }
}
