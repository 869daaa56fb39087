namespace TinyNas.Runtime.Tests;

[TestClass]
public class PoolingTests
{
    [TestMethod]
    public void MaximumEqualsItsDefinition()
    {
        foreach ((Pool2DParameters p, sbyte[] input, int round) in Cases(21))
        {
            sbyte[] expected = Naive.Pool(p, input, values => values.Max()), output = new sbyte[expected.Length];
            MaxPool2D.Run(p, input, new sbyte[MaxPool2D.ScratchLength(p)], output);
            CollectionAssert.AreEqual(expected, output, $"round {round}: {p}");
        }
    }

    [TestMethod]
    public void AverageEqualsItsDefinition()
    {
        foreach ((Pool2DParameters p, sbyte[] input, int round) in Cases(22))
        {
            sbyte[] expected = Naive.Pool(p, input, values => (int)Math.Round((decimal)values.Sum() / values.Length, MidpointRounding.AwayFromZero));
            var output = new sbyte[expected.Length];
            AveragePool2D.Run(p, input, output);
            CollectionAssert.AreEqual(expected, output, $"round {round}: {p}");
        }
    }

    [TestMethod]
    public void MeanIsTheRequantisedSum()
    {
        var draw = new Draw(23);
        for (int round = 0; round < 500; round++)
        {
            int count = draw.Between(1, 200), inner = draw.Between(1, 10), outer = draw.Between(1, 3), zero = draw.Between(-128, 127);
            sbyte[] input = draw.Int8(outer * count * inner), output = new sbyte[outer * inner];
            FixedPoint.QuantizeMultiplier(draw.Between(1, 2000) * 0.001 / count, out int multiplier, out int shift);
            var requantizer = new Requantizer(draw.Between(-128, 127), -128, 127);
            Mean.Run(new MeanParameters(outer, count, inner, zero, multiplier, shift, requantizer), input, output);
            for (int o = 0; o < outer; o++)
                for (int i = 0; i < inner; i++)
                {
                    int sum = Enumerable.Range(0, count).Sum(k => input[(o * count + k) * inner + i] - zero);
                    Assert.AreEqual(requantizer.Apply(sum, multiplier, shift), output[o * inner + i], $"round {round}");
                }
        }
    }

    private static IEnumerable<(Pool2DParameters, sbyte[], int)> Cases(ulong seed)
    {
        var draw = new Draw(seed);
        for (int round = 0; round < 1000; round++)
        {
            Window w = RandomWindow.Next(draw, 5, dilated: false);
            int channels = draw.Between(1, 40), low = draw.Between(0, 2) == 0 ? draw.Between(-128, 0) : -128;
            yield return (new Pool2DParameters(w, channels, low, draw.Between(0, 2) == 0 ? draw.Between(0, 127) : 127), draw.Int8(w.InputHeight * w.InputWidth * channels), round);
        }
    }
}
