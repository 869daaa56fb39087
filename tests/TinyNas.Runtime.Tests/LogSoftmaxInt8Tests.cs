namespace TinyNas.Runtime.Tests;

[TestClass]
public class LogSoftmaxInt8Tests
{
    /// <summary>Results are in sixteenths below 127: of the true logarithm none is further off than the rounding of one and what fixed point leaves.</summary>
    [TestMethod]
    public void RowsAreTheLogarithmsInSixteenths()
    {
        var draw = new Draw(6);
        for (int round = 0; round < 400; round++)
        {
            int depth = draw.Between(1, round % 5 == 0 ? 300 : 12);
            double scale = 0.001 * draw.Between(1, 400);
            FixedPoint.QuantizeMultiplier(scale * (1 << 26), out int multiplier, out int shift);
            FixedPoint.QuantizeMultiplier((1 << (31 - shift)) / (double)multiplier, out int back, out int backShift);
            var p = new LogSoftmaxInt8Parameters(2, depth, multiplier, shift, -(int)Math.Floor(31.0 * (1L << 26) / (1L << shift)), back, backShift);
            sbyte[] input = draw.Int8(2 * depth), output = new sbyte[2 * depth];
            LogSoftmaxInt8.Run(p, input, output);
            for (int i = 0; i < input.Length; i++)
            {
                double sum = input.Skip(i / depth * depth).Take(depth).Sum(v => Math.Exp(scale * (v - input[i])));
                double expected = Math.Max(127 - 16 * Math.Log(sum), -128);
                Assert.IsTrue(Math.Abs(expected - output[i]) <= 0.51, $"round {round}, {i}: {output[i]}, truly {expected}");
            }
        }
    }

    [TestMethod]
    public void TheLogarithmIsNearlyExact()
    {
        for (int bits = 19; bits < 31; bits++)
            for (int k = 0; k < 1000; k++)
            {
                int x = (1 << bits) + (int)((1L << bits) * k / 1000);
                Assert.AreEqual(Math.Log(x / (double)(1 << 19)), FixedPointLogarithm.Of(x) / (double)(1 << 26), 1e-6, $"{x}");
            }
    }
}
