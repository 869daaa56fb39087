using TinyNas.Model;

namespace TinyNas.Data.Tests;

[TestClass]
public class JpegBlockTests
{
    /// <summary>The accuracy test of IEEE 1180-1990 in kind: random blocks, forward by definition, inverse in integers.</summary>
    [TestMethod]
    public void TheIntegerTransformIsWithinOneLevelOfTheDefinition()
    {
        var stream = RandomStream.Create(5);
        var quantisation = new ushort[64];
        Array.Fill(quantisation, (ushort)1);
        double squares = 0;
        const int blocks = 1000;
        for (int block = 0; block < blocks; block++)
        {
            var coefficients = new short[64];
            double[] samples = [.. Enumerable.Range(0, 64).Select(_ => (double)(stream.NextInt(256) - 128))];
            for (int v = 0; v < 8; v++)
                for (int u = 0; u < 8; u++)
                {
                    double sum = 0;
                    for (int i = 0; i < 64; i++) sum += samples[i] * Basis(u, i % 8) * Basis(v, i / 8);
                    coefficients[v * 8 + u] = (short)Math.Round(sum);
                }
            var result = new byte[64];
            JpegBlock.Transform(coefficients, quantisation, result, 0, 8);
            for (int i = 0; i < 64; i++)
            {
                double exact = 0;
                for (int k = 0; k < 64; k++) exact += coefficients[k] * Basis(k % 8, i % 8) * Basis(k / 8, i / 8);
                double difference = result[i] - Math.Clamp(Math.Floor(exact + 0.5) + 128, 0, 255);
                Assert.IsLessThanOrEqualTo(1, Math.Abs(difference));
                squares += difference * difference;
            }
        }
        Assert.IsLessThan(0.02, squares / (64 * blocks));
    }

    private static double Basis(int k, int n) => Table[k * 8 + n];

    private static readonly double[] Table = [.. Enumerable.Range(0, 64).Select(i => Cosine(i / 8, i % 8))];

    private static double Cosine(int k, int n) => (k == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos((2 * n + 1) * k * Math.PI / 16);
}
