using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Search.Tests;

/// <summary>A task that a small network learns in seconds: noisy bars, upright or lying, on 12×12 grey images; or small and large waves in windows.</summary>
internal static class BarsData
{
    public static DataSet Images(int count, ulong seed)
    {
        var shape = new Shape(12, 12, 1);
        var bytes = new byte[count * shape.Count];
        var targets = new int[count];
        for (int i = 0; i < count; i++)
        {
            var random = RandomStream.Create(seed, (ulong)i);
            targets[i] = i % 2;
            int place = 1 + random.NextInt(10);
            for (int y = 0; y < 12; y++)
                for (int x = 0; x < 12; x++)
                    bytes[(i * 12 + y) * 12 + x] = (byte)(40 + random.NextInt(60) + ((targets[i] == 0 ? x : y) == place ? 100 : 0));
        }
        return new DataSet { Shape = shape, ElementType = ElementType.UInt8, Bytes = bytes, Targets = targets, Labels = ["upright", "lying"], ContentHash = $"bars {count} {seed}" };
    }

    public static DataSet Windows(int count, ulong seed)
    {
        var shape = new Shape(1, 32, 2);
        var floats = new float[count * shape.Count];
        var targets = new int[count];
        for (int i = 0; i < count; i++)
        {
            var random = RandomStream.Create(seed, (ulong)i);
            targets[i] = i % 2;
            double phase = 6 * random.NextDouble(), size = targets[i] == 0 ? 0.5 : 1.5;
            for (int t = 0; t < 32; t++)
                for (int c = 0; c < 2; c++)
                    floats[(i * 32 + t) * 2 + c] = (float)(100 * c + size * DeterministicMath.Sin(phase + 0.7 * t + c) + 0.3 * random.NextNormal());
        }
        return new DataSet { Shape = shape, ElementType = ElementType.Float32, Floats = floats, Targets = targets, Labels = ["calm", "lively"], ContentHash = $"waves {count} {seed}" };
    }
}
