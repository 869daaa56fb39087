using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>Samples held in an array.</summary>
internal sealed class ArraySource(Shape shape, int classes, float[] values, int[] targets) : ISampleSource
{
    public Shape Shape => shape;
    public int Count => targets.Length;
    public int Classes => classes;
    public int Target(int index) => targets[index];
    public void Read(int index, int epoch, Span<float> destination) =>
        values.AsSpan(index * shape.Count, shape.Count).CopyTo(destination);

    /// <summary>Seeded noise with random classes.</summary>
    public static ArraySource Noise(Shape shape, int classes, int count, ulong seed = 1)
    {
        RandomStream stream = RandomStream.Create(seed);
        var values = new float[count * shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = (float)stream.NextNormal();
        var targets = new int[count];
        for (int i = 0; i < count; i++) targets[i] = stream.NextInt(classes);
        return new ArraySource(shape, classes, values, targets);
    }

    /// <summary>Classes that can be told apart: a bright stripe whose place depends on the class, on noise, at a random row.</summary>
    public static ArraySource Stripes(Shape shape, int classes, int count, ulong seed = 1)
    {
        ArraySource noise = Noise(shape, classes, count, seed);
        RandomStream stream = RandomStream.Create(seed, 2);
        var values = new float[count * shape.Count];
        for (int i = 0; i < count; i++)
        {
            noise.Read(i, 0, values.AsSpan(i * shape.Count, shape.Count));
            for (int j = 0; j < shape.Count; j++) values[i * shape.Count + j] *= 0.3f;
            int length = 2 + 2 * noise.Target(i), start = stream.NextInt(Math.Max(1, shape.Width - length)), row = stream.NextInt(shape.Height);
            for (int x = start; x < Math.Min(start + length, shape.Width); x++) values[i * shape.Count + (row * shape.Width + x) * shape.Channels] += 2;
        }
        return new ArraySource(shape, classes, values, [.. Enumerable.Range(0, count).Select(noise.Target)]);
    }
}
