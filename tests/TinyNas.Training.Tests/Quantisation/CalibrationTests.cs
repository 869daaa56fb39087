using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

[TestClass]
public sealed class CalibrationTests
{
    [TestMethod]
    public void MinMaxIsWhatWasSeenAndZero()
    {
        ActivationHistogram seen = Histogram([0.5f, 3, 2]);
        Assert.AreEqual(new ActivationRange(0, 3), seen.Range(new QuantisationOptions { Method = CalibrationMethod.MinMax }));
        seen = Histogram([-0.5f, -3, -2]);
        ActivationRange range = seen.Range(new QuantisationOptions { Method = CalibrationMethod.MinMax });
        Assert.AreEqual(new ActivationRange(-3, 0), range);
        Assert.AreEqual(127, range.ZeroPoint);
    }

    [TestMethod]
    public void PercentileLeavesOutItsShareOnEitherSide()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(i => i / 100f - 30)];   // −30 … 69.99
        ActivationRange range = Histogram(values).Range(new QuantisationOptions { Method = CalibrationMethod.Percentile, Percentile = 99 });
        Assert.AreEqual(-29, range.Minimum, 0.03);
        Assert.AreEqual(68.99, range.Maximum, 0.03);
    }

    [TestMethod]
    public void LeastSquaredErrorClipsAnOutlierAndKeepsAFlatRange()
    {
        var options = new QuantisationOptions { Method = CalibrationMethod.MeanSquaredError };
        float[] flat = [.. Enumerable.Range(0, 1_000_000).Select(i => i / 1_000_000f)];
        Assert.AreEqual(1, Histogram(flat).Range(options).Maximum, 0.011);
        float[] outlier = [.. flat, 8];
        ActivationRange clipped = Histogram(outlier).Range(options);
        Assert.IsTrue(clipped.Maximum < 5, $"{clipped}");
        foreach (double other in new[] { 0.9, 1.1, 1.5, 8 / clipped.Maximum })
            Assert.IsTrue(Error(outlier, clipped.Maximum) <= Error(outlier, clipped.Maximum * other), $"{clipped} is no better than {other} times it");
    }

    [TestMethod]
    public void EntropyClipsATailAndKeepsAFlatRange()
    {
        var options = new QuantisationOptions { Method = CalibrationMethod.Entropy };
        float[] flat = [.. Enumerable.Range(0, 1_000_000).Select(i => i / 1_000_000f)];
        Assert.IsGreaterThan(0.95, Histogram(flat).Range(options).Maximum);
        RandomStream random = RandomStream.Create(1);
        float[] normal = [.. Enumerable.Range(0, 200_000).Select(_ => Math.Abs((float)random.NextNormal())), 40];
        ActivationRange range = Histogram(normal).Range(options);
        Assert.IsTrue(range.Maximum is > 2.5 and < 12, $"{range}");
        Assert.AreEqual(0, range.Minimum);
        float[] both = [.. normal, .. normal.Select(v => -0.5f * v)];
        range = Histogram(both).Range(options);
        Assert.AreEqual(-0.5, range.Minimum / range.Maximum, 1e-6, "the shape of the range stays");
    }

    [TestMethod]
    public void CalibrationRefusesSamplesThatCannotServe()
    {
        TrainedNetwork trained = Networks.Trained(Networks.NanoNas(1, 0, new Shape(6, 6, 3), 2), 1);
        InputEncoding camera = InputEncoding.CameraBytes(3);
        Shape other = new(6, 5, 3);
        Assert.ThrowsExactly<ArgumentException>(() => Quantiser.Quantise(trained, camera, new MemorySamples(trained.Network.Input, []), new QuantisationOptions()));
        Assert.ThrowsExactly<ArgumentException>(() => Quantiser.Quantise(trained, camera, new MemorySamples(other, [new float[other.Count]]), new QuantisationOptions()));
        var broken = new float[trained.Network.Input.Count];
        broken[4] = float.NaN;
        Assert.ThrowsExactly<ArgumentException>(() => Quantiser.Quantise(trained, camera, new MemorySamples(trained.Network.Input, [broken]), new QuantisationOptions()));
    }

    private static double Error(float[] values, double maximum) => values.Sum(v =>
    {
        double scale = maximum / 255, rounded = Math.Min(Math.Round(v / scale), 255) * scale;
        return (v - rounded) * (v - rounded);
    });

    private static ActivationHistogram Histogram(float[] values)
    {
        var histogram = new ActivationHistogram();
        histogram.Widen(values);
        histogram.Count(values);
        return histogram;
    }
}
