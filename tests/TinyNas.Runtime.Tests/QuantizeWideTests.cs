using System.Buffers.Binary;
using System.Numerics;

namespace TinyNas.Runtime.Tests;

[TestClass]
public class QuantizeWideTests
{
    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(1, 4)]
    [DataRow(2, 1)]
    [DataRow(2, 2)]
    [DataRow(2, 4)]
    [DataRow(4, 1)]
    [DataRow(4, 2)]
    public void RescalingIsTheProductRoundedTwice(int from, int to)
    {
        var draw = new Draw((ulong)(from * 10 + to));
        for (int round = 0; round < 2000; round++)
        {
            int multiplier = draw.Between(1 << 30, int.MaxValue), shift = draw.Between(-20, 31 - 8 * from - 1);
            int inputZero = from == 1 ? draw.Between(-128, 127) : 0, outputZero = to == 1 ? draw.Between(-128, 127) : 0;
            long half = 1L << (8 * from - 1);
            int value = round < 4 ? (int)(round % 2 == 0 ? -half : half - 1) : draw.Between((int)-half, (int)(half - 1));
            byte[] input = new byte[4], output = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(input, value);
            QuantizeWide.Rescale(from, inputZero, multiplier, shift, outputZero, to, input.AsSpan(0, from), output.AsSpan(0, to));

            BigInteger high = Floor((BigInteger)(value - inputZero) * BigInteger.Pow(2, Math.Max(shift, 0)) * multiplier + (BigInteger.One << 30), BigInteger.One << 31);
            BigInteger divisor = BigInteger.One << Math.Max(-shift, 0);
            // Halves away from zero: round the magnitude.
            BigInteger rounded = (BigInteger.Abs(high) + divisor / 2) / divisor * high.Sign + outputZero, most = BigInteger.One << (8 * to - 1);
            BigInteger expected = BigInteger.Max(-most, BigInteger.Min(rounded, most - 1));
            int actual = to switch { 1 => unchecked((sbyte)output[0]), 2 => BinaryPrimitives.ReadInt16LittleEndian(output), _ => BinaryPrimitives.ReadInt32LittleEndian(output) };
            Assert.AreEqual(expected, actual, $"round {round}: {value} by {multiplier} and {shift}");
        }
    }

    [TestMethod]
    public void FloatsAreRoundedAndSaturatedToInt16AndComeBack()
    {
        float[] values = [0, 0.5f, -0.5f, 1.25f, -1.75f, 16383.75f, 1e9f, -1e9f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -16384f];
        var quantised = new short[values.Length];
        QuantizeWide.FromFloat(0.5f, values, quantised);
        CollectionAssert.AreEqual((short[])[0, 1, -1, 3, -4, 32767, 32767, -32768, 0, 32767, -32768, -32768], quantised);
        var back = new float[values.Length];
        QuantizeWide.ToFloat(0.5f, quantised, back);
        CollectionAssert.AreEqual((float[])[0, 0.5f, -0.5f, 1.5f, -2, 16383.5f, 16383.5f, -16384, 0, 16383.5f, -16384, -16384], back);
    }

    private static BigInteger Floor(BigInteger value, BigInteger divisor) => (value - ((value % divisor) + divisor) % divisor) / divisor;
}
