namespace TinyNas.Training.Tests;

[TestClass]
public unsafe class LaneMathTests
{
    /// <summary>Each function over values of all sizes against double precision; the widths agree by <see cref="BitEqualityTests"/>.</summary>
    [TestMethod]
    public void FunctionsAreAccurate()
    {
        for (double x = -100; x <= 100; x += 0.0137)
        {
            double cut = Math.Clamp((float)x, -87, 87), exp = Math.Exp(cut);
            Assert.AreEqual(1, LaneMath<Lanes1, float>.Exp((float)x) / exp, 2e-7, $"exp {x}");
            Assert.AreEqual(1 / (1 + Math.Exp(-(float)x)), LaneMath<Lanes1, float>.Sigmoid((float)x), 1e-7, $"sigmoid {x}");
            Assert.AreEqual(Math.Tanh((float)x), LaneMath<Lanes1, float>.Tanh((float)x), 2e-7, $"tanh {x}");
        }
        Assert.IsTrue(float.IsNaN(LaneMath<Lanes1, float>.Exp(float.NaN)));
        Assert.AreEqual(1, LaneMath<Lanes1, float>.Exp(0));
    }

    [TestMethod]
    public void WidthsAgreeOnValuesOfAllKindsAndSizes()
    {
        float* memory = stackalloc float[48];
        foreach (Activation activation in new Activation[] { new Relu(), new Relu6(), new LeakyRelu(0.3), new HardSwish(), new Sigmoid(), new Tanh() })
            for (int round = 0; round < 200; round++)
            {
                for (int i = 0; i < 16; i++) memory[i] = (i + round) % 37 == 0 ? float.NaN : (i + round) % 41 == 0 ? float.PositiveInfinity : (float)(Math.Sin(i + 16 * round) * Math.Pow(10, round % 7 - 4));
                int[] expected = Bits(memory, activation, 1);
                foreach (int width in new[] { 4, 8, 16 }) CollectionAssert.AreEqual(expected, Bits(memory, activation, width), $"{activation}, {width} lanes, round {round}");
            }
    }

    /// <summary>Outputs and gradients; which of many NaNs it is does not matter.</summary>
    private static int[] Bits(float* memory, Activation activation, int width)
    {
        ElementKernel kernel = KernelSet.Create(width).Element(activation);
        kernel.Apply(new Pixels(memory, 16), new Pixels(memory + 16, 16), 1, 1, 0.3f);
        kernel.Gradient(new Pixels(memory, 16), new Pixels(memory + 16, 16), new Pixels(memory + 32, 16), 1, 1, 0.3f);
        return [.. Enumerable.Range(16, 32).Select(i => float.IsNaN(memory[i]) ? -1 : BitConverter.SingleToInt32Bits(memory[i]))];
    }
}
