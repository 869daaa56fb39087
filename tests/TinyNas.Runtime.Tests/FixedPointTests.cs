using System.Numerics;

namespace TinyNas.Runtime.Tests;

/// <summary>Fixed point against formulas on integers without bounds.</summary>
[TestClass]
public class FixedPointTests
{
    private static readonly int[] Edges = [int.MinValue, int.MinValue + 1, -(1 << 30), -3, -2, -1, 0, 1, 2, 3, 1 << 30, int.MaxValue - 1, int.MaxValue];

    [TestMethod]
    public void HighMultiplicationRoundsHalvesUpAndSaturatesOnce()
    {
        foreach ((int a, int b) in Pairs(20_000))
        {
            BigInteger exact = FloorDivide((BigInteger)a * b + (BigInteger.One << 30), BigInteger.One << 31);
            int expected = exact > int.MaxValue ? int.MaxValue : (int)exact;
            Assert.AreEqual(expected, FixedPoint.SaturatingRoundingDoublingHighMul(a, b), $"{a} * {b}");
        }
    }

    [TestMethod]
    public void DivisionByPowersRoundsHalvesAwayFromZero()
    {
        var draw = new Draw(1);
        for (int i = 0; i < 20_000; i++)
        {
            int x = i < Edges.Length ? Edges[i] : draw.Any() >> draw.Between(0, 31), exponent = draw.Between(0, 31);
            BigInteger half = exponent == 0 ? 0 : BigInteger.One << (exponent - 1);
            BigInteger magnitude = (BigInteger.Abs(x) + half) >> exponent;
            Assert.AreEqual((int)(x < 0 ? -magnitude : magnitude), FixedPoint.RoundingDivideByPowerOfTwo(x, exponent), $"{x} / 2^{exponent}");
        }
    }

    [TestMethod]
    public void MultiplierIsTheNearestOfThirtyOneBits()
    {
        var draw = new Draw(2);
        for (int i = 0; i < 20_000; i++)
        {
            double real = (1 + (draw.Bits() >> 12) * Math.ScaleB(1, -52)) * Math.ScaleB(1, draw.Between(-30, 8));
            FixedPoint.QuantizeMultiplier(real, out int multiplier, out int shift);
            Assert.IsTrue(multiplier >= 1 << 30, $"{real:R}: {multiplier}");
            // Half a unit of the multiplier, and exactly: |real * 2^(31 - shift) - multiplier| <= 1/2.
            double difference = Math.ScaleB(real, 31 - shift) - multiplier;
            Assert.IsTrue(difference is >= -0.5 and < 0.5 || (difference is < -0.5 and >= -1 && multiplier == 1 << 30), $"{real:R}: {multiplier}, {shift}");
        }
    }

    [TestMethod]
    [DataRow(1.0, 1 << 30, 1)]
    [DataRow(0.5, 1 << 30, 0)]
    [DataRow(0.75, 1610612736, 0)]
    [DataRow(0.99999999999, 1 << 30, 1)]
    [DataRow(0.0, 0, 0)]
    [DataRow(2.3283064365386963e-10, 1 << 30, -31)]
    [DataRow(1e-10, 0, 0)]
    [DataRow(5e-324, 0, 0)]
    public void MultiplierOfKnownNumbers(double real, int multiplier, int shift)
    {
        FixedPoint.QuantizeMultiplier(real, out int m, out int s);
        Assert.AreEqual((multiplier, shift), (m, s));
    }

    [TestMethod]
    public void MultiplicationRoundsTwice()
    {
        var draw = new Draw(3);
        for (int i = 0; i < 20_000; i++)
        {
            int shift = draw.Between(-31, 7), x = draw.Any() >> Math.Max(shift + 1, 0), multiplier = draw.Between(1 << 30, int.MaxValue);
            BigInteger high = FloorDivide(((BigInteger)x << Math.Max(shift, 0)) * multiplier + (BigInteger.One << 30), BigInteger.One << 31);
            BigInteger magnitude = BigInteger.Abs(high) + (shift < 0 ? BigInteger.One << (-shift - 1) : 0) >> Math.Max(-shift, 0);
            Assert.AreEqual(
                (int)(high < 0 ? -magnitude : magnitude), FixedPoint.MultiplyByQuantizedMultiplier(x, multiplier, shift), $"{x}, {multiplier}, {shift}");
        }
    }

    [TestMethod]
    public void ExponentialStaysWithinAFewUnitsOfTheTruth()
    {
        for (int a = 0; a > -(31 << 26); a -= 104729)
        {
            // The series is cut after the fourth power: (1/8)^5 / 5! of a unit at most.
            double truth = Math.Exp(Math.ScaleB(a, -26)) * Math.ScaleB(1, 31);
            Assert.AreEqual(truth, FixedPointFunctions.ExpOnNegativeValues(a), 2.6e-7 * Math.ScaleB(1, 31), $"exp({Math.ScaleB(a, -26)})");
        }
    }

    [TestMethod]
    public void LogisticAndTanhStayWithinAFewUnitsOfTheTruth()
    {
        for (long a = int.MinValue + 1; a <= int.MaxValue; a += 7919 * 1009)
        {
            double x = Math.ScaleB(a, -27), unit = Math.ScaleB(1, 31);
            Assert.AreEqual(unit / (1 + Math.Exp(-x)), FixedPointFunctions.Logistic((int)a), 3e-7 * unit, $"logistic({x})");
            Assert.AreEqual(unit * Math.Tanh(x), FixedPointFunctions.Tanh((int)a), 6e-7 * unit, $"tanh({x})");
        }
        Assert.AreEqual((1 << 30, 0), (FixedPointFunctions.Logistic(0), FixedPointFunctions.Tanh(0)));
    }

    [TestMethod]
    public void ReciprocalStaysWithinAFewUnitsOfTheTruth()
    {
        for (int sum = 1 << 19; sum < 1 << 29; sum += 99991)
        {
            int mantissa = FixedPointFunctions.Reciprocal(sum, out int bits);
            double value = Math.ScaleB(mantissa, -31) * Math.ScaleB(1, -bits);
            Assert.AreEqual(1, value * Math.ScaleB(sum, -19), 1e-8, $"1 / {Math.ScaleB(sum, -19)}");
        }
    }

    private static IEnumerable<(int, int)> Pairs(int count)
    {
        foreach (int a in Edges)
            foreach (int b in Edges)
                yield return (a, b);
        var draw = new Draw(4);
        for (int i = 0; i < count; i++) yield return (draw.Any(), draw.Any());
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        BigInteger quotient = BigInteger.DivRem(a, b, out BigInteger remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
