namespace TinyNas.Runtime.Tests;

[TestClass]
public class SoftmaxTests
{
    [TestMethod]
    public void SharesAreWithinOneStepOfTheTruth()
    {
        var draw = new Draw(31);
        for (int round = 0; round < 400; round++)
        {
            int depth = draw.Between(1, 40);
            double scale = Math.ScaleB(draw.Between(1, 1000), -10);
            FixedPoint.QuantizeMultiplier(scale * (1 << 26), out int multiplier, out int shift);
            int least = -(int)Math.Floor(31.0 * (1 << 26) / (1L << shift));
            sbyte[] input = draw.Int8(2 * depth), output = new sbyte[2 * depth];
            Softmax.Run(new SoftmaxParameters(2, depth, multiplier, shift, least), input, output);
            for (int row = 0; row < 2; row++)
            {
                sbyte[] values = input[(row * depth)..((row + 1) * depth)];
                double sum = values.Sum(v => Math.Exp(scale * (v - values.Max())));
                for (int i = 0; i < depth; i++)
                {
                    double truth = Math.Min(256 * Math.Exp(scale * (values[i] - values.Max())) / sum, 255);
                    Assert.AreEqual(truth, output[row * depth + i] + 128, 0.51, $"round {round}, scale {scale}, {i} of {depth}");
                }
            }
        }
    }

    [TestMethod]
    public void ThousandEqualClassesShareNothing()
    {
        var output = new sbyte[1000];
        Softmax.Run(new SoftmaxParameters(1, 1000, 1 << 30, 21, -100), new sbyte[1000], output);
        Assert.IsTrue(output.All(q => q == -128));
    }
}
