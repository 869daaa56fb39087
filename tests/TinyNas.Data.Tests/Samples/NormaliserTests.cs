using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class NormaliserTests
{
    [TestMethod]
    public void BytesLoseTheirMiddleAndNothingElse()
    {
        DataSet data = Windows([0, 1], new Shape(2, 2, 3), bytes: true);
        InputEncoding encoding = Normaliser.Fit(data, [0, 1]);
        Assert.AreEqual(ElementType.UInt8, encoding.Source);
        for (int value = 0; value < 256; value++) Assert.AreEqual(value - 128, encoding.Quantise(value, 2));
    }

    [TestMethod]
    public void EachChannelGetsItsMeanAndDeviationOverTheTrainingSideAlone()
    {
        var data = new DataSet
        {
            Shape = new Shape(1, 2, 3), ElementType = ElementType.Float32, Targets = [0, 1, 0], Labels = ["a", "b"], ContentHash = "",
            // The third sample is on the other side. The third channel never changes.
            Floats = [1, 100, 9.81f, 3, 300, 9.81f, 5, 100, 9.81f, 7, 300, 9.81f, 1000, -5000, 0, 1000, -5000, 0],
        };
        InputEncoding encoding = Normaliser.Fit(data, [0, 1]);
        Assert.AreEqual(4f, encoding.Mean[0]);
        Assert.AreEqual(200f, encoding.Mean[1]);
        Assert.AreEqual((float)(1 / Math.Sqrt(5)), encoding.InverseDeviation[0]);
        Assert.AreEqual(0.01f, encoding.InverseDeviation[1]);
        Assert.AreEqual(1f, encoding.InverseDeviation[2]);
        Assert.AreEqual(0, encoding.Normalise(9.81f, 2));
        Assert.AreEqual(0, encoding.ZeroPoint);
    }

    [TestMethod]
    public void TheRangeCoversAllButAThousandthOfTheValuesWithinItsLimits()
    {
        var stream = RandomStream.Create(2);
        float[] normal = [.. Enumerable.Range(0, 100_000).Select(_ => (float)(3 + 2 * stream.NextNormal()))];
        InputEncoding encoding = Normaliser.Fit(One(normal), [0]);
        // 99.9 % of a normal distribution lie within 3.29 deviations.
        Assert.AreEqual(3.29, encoding.Scale * 127, 0.1);
        Assert.AreEqual(127, encoding.Quantise(1000, 0));
        Assert.AreEqual(-128, encoding.Quantise(-1000, 0));
        normal[0] = 1e9f;
        Assert.AreEqual(1, Normaliser.Fit(One(normal), [0]).Scale * 127, 1e-6, "one wild value takes the deviation with it, not the range below one deviation");
        float[] spikes = new float[100_000];
        for (int i = 0; i < 300; i++) spikes[i] = 1;
        Assert.AreEqual(6, Normaliser.Fit(One(spikes), [0]).Scale * 127, 1e-6);
    }

    private static DataSet One(float[] values) => new()
    {
        Shape = new Shape(1, values.Length, 1), ElementType = ElementType.Float32, Floats = values, Targets = [0], Labels = ["a"], ContentHash = "",
    };

    internal static DataSet Windows(int[] targets, Shape shape, bool bytes)
    {
        var stream = RandomStream.Create(9);
        int size = targets.Length * shape.Count;
        var values = new float[size];
        for (int i = 0; i < size; i++) values[i] = bytes ? stream.NextInt(256) : (float)stream.NextNormal() * 4 + 1;
        return new DataSet
        {
            Shape = shape, ElementType = bytes ? ElementType.UInt8 : ElementType.Float32, Targets = targets, Labels = [.. targets.Distinct().Select(t => $"{t}")],
            Bytes = bytes ? [.. values.Select(v => (byte)v)] : [], Floats = bytes ? [] : values, ContentHash = "",
        };
    }
}
