using TinyNas.Model;

namespace TinyNas.Training.Tests.Aware;

/// <summary>The straight-through gradients of values and scales, against their formulas (Jain et al. 2020, equations 7 and 8).</summary>
[TestClass]
public sealed unsafe class RoundingGradientTests
{
    [TestMethod]
    public void GradientsOfRoundedValuesPassWithinTheRangeAndMoveTheScale()
    {
        const int pixels = 3, channels = 2, count = pixels * channels * 16;
        RandomStream random = RandomStream.Create(5);
        float[] x = new float[count], n = new float[count], g = new float[count], dx = new float[count], sums = new float[channels * 32];
        float[] offset = [7, -30], factor = [0.05f, 0.31f];
        var range = new ClipRange { Low = 0, High = 20.5f, AtLow = 0, AtHigh = 20 };
        for (int i = 0; i < count; i++)
        {
            (x[i], g[i]) = ((float)Math.Round(200 * random.NextNormal()), (float)random.NextNormal());
            int c = i / 16 % channels;
            n[i] = (float)Math.Clamp(Math.Round((x[i] + offset[c]) * factor[c]), 0, 20);
        }
        fixed (float* px = x, pn = n, pg = g, pdx = dx, ps = sums, po = offset, pf = factor)
            KernelSet.Best.RequantiseGradient(
                new Pixels(px, channels * 16), new Pixels(pn, channels * 16), new Pixels(pg, channels * 16), new Pixels(pdx, channels * 16), pixels, channels, po, pf, range, ps);

        double[] passed = new double[channels], byScale = new double[channels];
        int clipped = 0;
        for (int i = 0; i < count; i++)
        {
            int c = i / 16 % channels;
            double v = (x[i] + (double)offset[c]) * factor[c];
            bool within = v > 0 && v <= 20.5;
            if (!within) clipped++;
            Assert.AreEqual(within ? g[i] : 0, dx[i], $"value {v}");
            passed[c] += within ? g[i] : 0;
            byScale[c] += g[i] * (within ? n[i] - v : v > 0 ? 20 : 0);
        }
        Assert.IsTrue(clipped is > 10 and < count - 10);
        for (int c = 0; c < channels; c++)
        {
            Assert.AreEqual(passed[c], Enumerable.Range(0, 16).Sum(l => (double)sums[c * 32 + l]), 1e-4);
            Assert.AreEqual(byScale[c], Enumerable.Range(0, 16).Sum(l => (double)sums[c * 32 + 16 + l]), 1e-3);
        }
    }

    [TestMethod]
    public void ScalesAreTheNearestPowerOfTwoOrTheNumberItself()
    {
        foreach (double scale in (double[])[0.0371, 0.5, 1.7, 3e-5])
        {
            Assert.AreEqual(scale, LearnedScale.Of(ThresholdMethod.LearnedStep, LearnedScale.Start(ThresholdMethod.LearnedStep, scale), 0), 1e-6 * scale);
            double power = LearnedScale.Of(ThresholdMethod.PowerOfTwo, LearnedScale.Start(ThresholdMethod.PowerOfTwo, scale), 0);
            Assert.AreEqual(Math.Pow(2, Math.Round(Math.Log2(scale))), power);
        }
        // One more in the logarithm is twice the scale, whichever way it is learned.
        float theta = (float)(1 / LearnedScale.Gain);
        Assert.AreEqual(2f, LearnedScale.Of(ThresholdMethod.PowerOfTwo, -0.5, theta));
        Assert.AreEqual(2f, LearnedScale.Of(ThresholdMethod.LearnedStep, 0, theta), 1e-5f);
        Assert.AreEqual(0.25f, LearnedScale.AtLeast(ThresholdMethod.PowerOfTwo, 0.0625f, 0.2));
    }

    [TestMethod]
    public void FewLevelsAreScaledForTheLeastError()
    {
        RandomStream random = RandomStream.Create(2);
        double[] weights = [.. Enumerable.Range(0, 400).Select(_ => random.NextNormal())];
        double Error(double scale) => weights.Sum(w => Math.Pow(Math.Clamp(Math.Round(w / scale, MidpointRounding.AwayFromZero), -7, 7) * scale - w, 2));
        double best = WeightScales.LeastError(weights, 7), power = WeightScales.LeastErrorPower(weights, 7);
        Assert.IsLessThan(0.8 * Error(weights.Max(Math.Abs) / 7), Error(best));
        foreach (double other in (double[])[power / 2, power * 2]) Assert.IsLessThanOrEqualTo(Error(other), Error(power));
    }
}
