using TinyNas.Model;

namespace TinyNas.Training.Tests;

[TestClass]
public class OptimizerTests
{
    /// <summary>The update as published, in double precision, by either convention.</summary>
    [TestMethod]
    [DataRow(AdamConvention.Keras)]
    [DataRow(AdamConvention.PyTorch)]
    public unsafe void AdamTakesThePublishedSteps(AdamConvention convention)
    {
        var adam = new Adam(0.9, 0.99, 1e-3, convention);
        float* memory = stackalloc float[64 + 16];
        float* aligned = (float*)(((nint)memory + 63) / 64 * 64);
        double w = 0.5, m = 0, v = 0;
        new Span<float>(aligned, 64).Clear();
        aligned[0] = 0.5f;
        for (int t = 1; t <= 20; t++)
        {
            double g = DeterministicMath.Sin(t);
            aligned[16] = (float)g;
            KernelSet.Best.Adam(aligned, aligned + 16, aligned + 32, aligned + 48, 16, adam.At(t, 0.01));
            m = 0.9 * m + 0.1 * g;
            v = 0.99 * v + 0.01 * g * g;
            double meanCorrection = 1 - Math.Pow(0.9, t), squareCorrection = 1 - Math.Pow(0.99, t);
            w -= convention == AdamConvention.Keras
                ? 0.01 * Math.Sqrt(squareCorrection) / meanCorrection * m / (Math.Sqrt(v) + 1e-3)
                : 0.01 * (m / meanCorrection) / (Math.Sqrt(v / squareCorrection) + 1e-3);
            Assert.AreEqual(w, aligned[0], 1e-6, $"step {t}");
        }
    }

    [TestMethod]
    public void TheCosineFallsToAHundredthOfTheRate()
    {
        var options = new TrainingOptions { Epochs = 4, LearningRate = 0.2, Schedule = LearningRateSchedule.Cosine };
        Assert.AreEqual(0.2, RateSchedule.At(options, 0, 10), 1e-12);
        Assert.AreEqual((0.2 + 0.002) / 2, RateSchedule.At(options, 20, 10), 1e-12);
        Assert.AreEqual(0.002, RateSchedule.At(options, 40, 10), 1e-12);
        Assert.AreEqual(0.002, RateSchedule.At(options, 45, 10), 1e-12);
        Assert.AreEqual(0.2, RateSchedule.At(options with { Schedule = LearningRateSchedule.Constant }, 33, 10));
    }
}
