using TinyNas.Model;

namespace TinyNas.Model.Tests;

[TestClass]
public class DeterministicMathTests
{
    [TestMethod]
    public void ExpAndLogStayWithinAFewUlpsOfTheReference()
    {
        for (double x = -700; x < 700; x += 0.37)
        {
            Assert.AreEqual(1, DeterministicMath.Exp(x) / Math.Exp(x), 4e-15, $"exp {x}");
            double y = Math.Exp(x);
            Assert.AreEqual(Math.Log(y), DeterministicMath.Log(y), Math.Max(1, Math.Abs(x)) * 4e-16, $"log {y}");
        }
    }

    [TestMethod]
    public void SineCosineTanhAndPowerAgreeWithTheReference()
    {
        for (double x = -100; x < 100; x += 0.0731)
        {
            Assert.AreEqual(Math.Cos(x), DeterministicMath.Cos(x), 2e-14, $"cos {x}");
            Assert.AreEqual(Math.Sin(x), DeterministicMath.Sin(x), 2e-14, $"sin {x}");
            Assert.AreEqual(Math.Tanh(x), DeterministicMath.Tanh(x), 1e-12, $"tanh {x}");
        }
        Assert.AreEqual(Math.Pow(0.999, 1000), DeterministicMath.Pow(0.999, 1000), 1e-13);
    }
}

[TestClass]
public class RandomStreamTests
{
    [TestMethod]
    public void SeekingGivesTheSameNumbersAsDrawing()
    {
        RandomStream drawn = RandomStream.Create(7, 1, 2), sought = RandomStream.Create(7, 1, 2);
        for (int i = 0; i < 100; i++) drawn.NextUInt64();
        sought.Position = 100;
        Assert.AreEqual(drawn.NextUInt64(), sought.NextUInt64());
    }

    [TestMethod]
    public void UniformAndNormalNumbersHaveTheirMoments()
    {
        var stream = RandomStream.Create(1);
        double sum = 0, normal = 0, square = 0;
        const int n = 100_000;
        for (int i = 0; i < n; i++)
        {
            sum += stream.NextDouble();
            double z = stream.NextNormal();
            normal += z;
            square += z * z;
        }
        Assert.AreEqual(0.5, sum / n, 0.005);
        Assert.AreEqual(0, normal / n, 0.015);
        Assert.AreEqual(1, square / n, 0.03);
    }
}

[TestClass]
public class QuantityTests
{
    [TestMethod]
    [DataRow("40KiB", 40960L)]
    [DataRow("128kB", 128000L)]
    [DataRow("20480", 20480L)]
    [DataRow("0.5 MiB", 524288L)]
    public void SizesReadAsPeopleWriteThem(string text, long bytes)
    {
        Assert.IsTrue(Quantity.TryParseBytes(text, out long read));
        Assert.AreEqual(bytes, read);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("forty")]
    [DataRow("-3kB")]
    [DataRow("40 KiBs")]
    public void AnythingElseIsRefused(string text) => Assert.IsFalse(Quantity.TryParseBytes(text, out _));
}
