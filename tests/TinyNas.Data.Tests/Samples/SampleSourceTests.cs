using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class SampleSourceTests
{
    private static readonly DataSet Images = NormaliserTests.Windows([.. Enumerable.Range(0, 40).Select(i => i % 2)], new Shape(10, 10, 3), bytes: true);
    private static readonly DataSet Windows = NormaliserTests.Windows([.. Enumerable.Range(0, 40).Select(i => i % 2)], new Shape(1, 40, 2), bytes: false);

    [TestMethod]
    public void WithoutAugmentationEveryEpochReadsTheNormalisedSample()
    {
        foreach (DataSet data in new[] { Images, Windows })
        {
            int[] indices = [7, 3];
            InputEncoding encoding = Normaliser.Fit(data, indices);
            var source = new SampleSource(data, indices, encoding, Augmentation.None, 1);
            Assert.AreEqual((2, 2, data.Shape), (source.Count, source.Classes, source.Shape));
            Assert.AreEqual(1, source.Target(1));
            var values = new float[data.Shape.Count];
            source.Read(1, 5, values);
            for (int i = 0; i < values.Length; i++)
            {
                int at = 3 * values.Length + i;
                Assert.AreEqual(encoding.Normalise(data.ElementType == ElementType.UInt8 ? data.Bytes[at] : data.Floats[at], i % data.Shape.Channels), values[i]);
            }
        }
    }

    [TestMethod]
    public void AnyOrderAndAnyThreadsReadTheSameValues()
    {
        foreach (var (data, augmentation) in new[] { (Images, new Augmentation { Flip = true, Shift = 0.2, Contrast = 0.3 }), (Windows, new Augmentation { Shift = 0.1, Scale = 0.2, Jitter = 0.1 }) })
        {
            var source = Source(data, augmentation);
            float[][] once = [.. Enumerable.Range(0, 120).Select(i => Read(source, i % 40, i / 40))];
            var again = new float[120][];
            Parallel.For(0, 120, i => again[119 - i] = Read(source, (119 - i) % 40, (119 - i) / 40));
            for (int i = 0; i < 120; i++) CollectionAssert.AreEqual(once[i], again[i]);
            CollectionAssert.AreNotEqual(once[0], once[40], "epochs differ");
        }
    }

    [TestMethod]
    public void ShiftsMoveWholePixelsAndRepeatTheEdge()
    {
        var source = Source(Images, new Augmentation { Shift = 0.2 });
        var seen = new HashSet<(int, int)>();
        for (int epoch = 0; epoch < 60; epoch++)
        {
            float[] values = Read(source, 4, epoch);
            var (down, right) = Enumerable.Range(-2, 5).SelectMany(d => Enumerable.Range(-2, 5).Select(r => (d, r)))
                .Single(m => values.SequenceEqual(Moved(4, m.d, m.r)));
            seen.Add((down, right));
        }
        Assert.IsGreaterThan(15, seen.Count);
        Assert.AreEqual((-2, 2), (seen.Min(s => s.Item1), seen.Max(s => s.Item2)));
    }

    [TestMethod]
    public void FlipsMirrorAboutHalfOfTheImages()
    {
        var source = Source(Images, new Augmentation { Flip = true });
        float[] plain = Read(Source(Images, Augmentation.None), 0, 0);
        float[] mirrored = [.. Enumerable.Range(0, 300).Select(i => plain[i / 30 * 30 + (9 - i / 3 % 10) * 3 + i % 3])];
        int flips = 0;
        for (int epoch = 0; epoch < 200; epoch++)
        {
            float[] values = Read(source, 0, epoch);
            if (values.SequenceEqual(mirrored)) flips++;
            else CollectionAssert.AreEqual(plain, values);
        }
        Assert.IsTrue(flips is > 70 and < 130, $"{flips} of 200");
    }

    [TestMethod]
    public void ContrastStretchesAboutTheMeanWithinTheRangeOfACamera()
    {
        float[] plain = Read(Source(Images, Augmentation.None), 0, 0);
        double mean = plain.Average(v => (double)v);
        var source = Source(Images, new Augmentation { Contrast = 0.5 });
        for (int epoch = 0; epoch < 50; epoch++)
        {
            float[] values = Read(source, 0, epoch);
            Assert.IsTrue(values.All(v => v is >= -1 and <= 127 / 128f));
            int middle = Array.FindIndex(plain, v => Math.Abs(v) is > 0.2f and < 0.5f);
            double factor = (values[middle] - mean) / (plain[middle] - mean);
            Assert.IsTrue(factor is >= 0.499 and <= 1.501, $"{factor}");
            for (int i = 0; i < values.Length; i++) Assert.AreEqual(Math.Clamp(mean + (plain[i] - mean) * factor, -1, 127 / 128.0), values[i], 1e-4);
        }
    }

    [TestMethod]
    public void ScaleIsAGainInTheUnitsOfTheData()
    {
        InputEncoding encoding = Normaliser.Fit(Windows, [.. Enumerable.Range(0, 40)]);
        float[] values = Read(Source(Windows, new Augmentation { Scale = 0.3 }), 2, 1);
        double gain = (values[0] / encoding.InverseDeviation[0] + encoding.Mean[0]) / Windows.Floats[2 * 80];
        Assert.IsTrue(gain is >= 0.7 and <= 1.3 && Math.Abs(gain - 1) > 1e-4, $"{gain}");
        for (int i = 0; i < 80; i++)
            Assert.AreEqual(Windows.Floats[160 + i] * gain, values[i] / encoding.InverseDeviation[i % 2] + encoding.Mean[i % 2], 1e-3);
    }

    [TestMethod]
    public void JitterHasTheAskedDeviation()
    {
        var noisy = Source(Windows, new Augmentation { Jitter = 0.25 });
        var plain = Source(Windows, Augmentation.None);
        double[] differences = [.. Enumerable.Range(0, 40).SelectMany(i => Read(noisy, i, 3).Zip(Read(plain, i, 3), (a, b) => (double)a - b))];
        Assert.AreEqual(0, differences.Average(), 0.02);
        Assert.AreEqual(0.25, Math.Sqrt(differences.Average(d => d * d)), 0.02);
    }

    private static readonly Augmentation Geometry = new() { Flip = true, Shift = 0.1, Rotation = 20, Crop = 0.3, CutOut = 0.3, TimeMask = 0.2, FrequencyMask = 0.2, MixUp = 0.4 };

    [TestMethod]
    public void GeometryMasksAndMixturesAreTheSameInAnyOrderAndOnAnyThreads()
    {
        foreach (var (data, augmentation) in new[] { (Images, Geometry), (Windows, Geometry with { Flip = false, Rotation = 0, Crop = 0 }) })
        {
            var source = Source(data, augmentation);
            float[][] once = [.. Enumerable.Range(0, 120).Select(i => Read(source, i % 40, i / 40))];
            var again = new float[120][];
            Parallel.For(0, 120, i => again[119 - i] = Read(source, (119 - i) % 40, (119 - i) / 40));
            for (int i = 0; i < 120; i++) CollectionAssert.AreEqual(once[i], again[i]);
            CollectionAssert.AreNotEqual(once[0], once[40], "epochs differ");
        }
    }

    [TestMethod]
    public void AQuarterTurnIsExact()
    {
        var shape = new Shape(5, 5, 2);
        float[] picture = [.. Enumerable.Range(0, 50).Select(i => i * 1f)], turned = new float[50], back = new float[50];
        new Warp(shape, 90, 1, 1, 0, 0).Apply(shape, picture, turned, whole: true);
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 5; x++)
                for (int c = 0; c < 2; c++) Assert.AreEqual(picture[(x * 5 + (4 - y)) * 2 + c], turned[(y * 5 + x) * 2 + c], $"{y} {x}");
        new Warp(shape, -90, 1, 1, 0, 0).Apply(shape, turned, back, whole: true);
        CollectionAssert.AreEqual(picture, back);
    }

    [TestMethod]
    public void ACropOfHalfShowsTheMiddleTwiceAsLarge()
    {
        var shape = new Shape(9, 9, 1);
        float[] slope = [.. Enumerable.Range(0, 81).Select(i => i % 9 * 10f)], cropped = new float[81];
        new Warp(shape, 0, 0.5, 0.5, 0, 0).Apply(shape, slope, cropped, whole: false);
        for (int x = 0; x < 9; x++) Assert.AreEqual(20 + x * 5, cropped[4 * 9 + x], 1e-4);
    }

    [TestMethod]
    public void RotationStaysWithinItsAngleAndCameraBytesStayBytes()
    {
        var source = Source(Images, new Augmentation { Rotation = 30, Crop = 0.2 });
        for (int epoch = 0; epoch < 20; epoch++)
            foreach (float value in Read(source, 1, epoch)) Assert.AreEqual(MathF.Round(value * 128), value * 128, "a camera's byte");
    }

    [TestMethod]
    public void CutOutClearsOnePatchAndLeavesTheRest()
    {
        float[] plain = Read(Source(Images, Augmentation.None), 0, 0);
        var source = Source(Images, new Augmentation { CutOut = 0.4 });
        int most = 0;
        for (int epoch = 0; epoch < 40; epoch++)
        {
            float[] values = Read(source, 0, epoch);
            int cleared = 0;
            for (int i = 0; i < values.Length; i++)
                if (values[i] != plain[i]) { Assert.AreEqual(0, values[i]); cleared++; }
            most = Math.Max(most, cleared);
            Assert.IsLessThanOrEqualTo(16 * 3, cleared);
        }
        Assert.IsGreaterThan(30, most);
    }

    [TestMethod]
    public void MasksOfASpectrogramAreWholeRowsAndColumns()
    {
        float[] plain = Read(Source(Images, Augmentation.None), 0, 0);
        var source = Source(Images, new Augmentation { TimeMask = 0.3, FrequencyMask = 0.2 });
        var sizes = new HashSet<(int, int)>();
        for (int epoch = 0; epoch < 60; epoch++)
        {
            float[] values = Read(source, 0, epoch);
            bool Zero(int y, int x) => Enumerable.Range(0, 3).All(c => values[(y * 10 + x) * 3 + c] == 0);
            int[] rows = [.. Enumerable.Range(0, 10).Where(y => Enumerable.Range(0, 10).All(x => Zero(y, x)))];
            int[] columns = [.. Enumerable.Range(0, 10).Where(x => Enumerable.Range(0, 10).All(y => Zero(y, x)))];
            Assert.IsTrue(rows.Length <= 3 && columns.Length <= 2);
            for (int i = 0; i < plain.Length; i++)
                if (!rows.Contains(i / 30) && !columns.Contains(i / 3 % 10)) Assert.AreEqual(plain[i], values[i]);
            sizes.Add((rows.Length, columns.Length));
        }
        Assert.IsGreaterThan(8, sizes.Count);
    }

    [TestMethod]
    public void AMixtureIsTheTwoSamplesByTheirSharesAndSaysSo()
    {
        var plain = Source(Images, Augmentation.None);
        var mixed = Source(Images, new Augmentation { MixUp = 0.5 });
        Assert.IsTrue(mixed.IsMixed && !plain.IsMixed);
        float[][] all = [.. Enumerable.Range(0, 40).Select(i => Read(plain, i, 0))];
        var shares = new List<float>();
        for (int epoch = 0; epoch < 30; epoch++)
        {
            float[] values = Read(mixed, 3, epoch);
            var (target, share) = mixed.MixtureOf(3, epoch);
            shares.Add(share);
            Assert.IsTrue(share is >= 0 and <= 0.5f);
            int other = Enumerable.Range(0, 40).First(j => Enumerable.Range(0, values.Length).All(i => Math.Abs(all[3][i] + (all[j][i] - all[3][i]) * share - values[i]) < 1e-5));
            if (share > 0.01) Assert.AreEqual(plain.Target(other), target);
        }
        Assert.IsTrue(shares.Max() > 0.3 && shares.Min() < 0.05, "shares vary");
    }

    [TestMethod]
    public void ReadingDoesNotAllocate()
    {
        foreach (var (data, augmentation) in new[] { (Images, new Augmentation { Flip = true, Shift = 0.2, Contrast = 0.3 }), (Windows, new Augmentation { Shift = 0.1, Scale = 0.2, Jitter = 0.1 }), (Windows, Augmentation.None), (Images, Geometry) })
        {
            var source = Source(data, augmentation);
            var values = new float[data.Shape.Count];
            source.Read(0, 0, values);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 40; i++) source.Read(i, 1, values);
            Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static SampleSource Source(DataSet data, Augmentation augmentation)
    {
        int[] all = [.. Enumerable.Range(0, data.Count)];
        return new SampleSource(data, all, Normaliser.Fit(data, all), augmentation, 77);
    }

    private static float[] Read(SampleSource source, int index, int epoch)
    {
        var values = new float[source.Shape.Count];
        source.Read(index, epoch, values);
        return values;
    }

    private static float[] Moved(int sample, int down, int right) => [.. Enumerable.Range(0, 300).Select(i =>
    {
        int y = Math.Clamp(i / 30 - down, 0, 9), x = Math.Clamp(i / 3 % 10 - right, 0, 9);
        return (Images.Bytes[sample * 300 + (y * 10 + x) * 3 + i % 3] - 128) / 128f;
    })];

    [TestMethod]
    public void ValuesSaturateWhereTheInt8InputDoes()
    {
        var data = new DataSet
        {
            Shape = new Shape(1, 3, 1), ElementType = ElementType.Float32, Floats = [-900, 0.25f, 900], Targets = [0], Labels = ["a", "b"], ContentHash = "",
        };
        var encoding = new InputEncoding(ElementType.Float32, [0], [1], 0.5f, 10);
        var read = new float[3];
        new SampleSource(data, [0], encoding, Augmentation.None, 1).Read(0, 0, read);
        CollectionAssert.AreEqual(new[] { -69f, 0.25f, 58.5f }, read);
        Assert.AreEqual(sbyte.MinValue, encoding.Quantise(-900, 0));
        Assert.AreEqual(sbyte.MaxValue, encoding.Quantise(900, 0));
    }
}
