namespace TinyNas.Training.Tests;

/// <summary>Cross-entropy with smoothing and weights, loss and gradient against the definition in double precision.</summary>
[TestClass]
public class CrossEntropyTests
{
    [TestMethod]
    [DataRow(0, false, false)]
    [DataRow(0.1, false, false)]
    [DataRow(0, true, false)]
    [DataRow(0.2, true, false)]
    [DataRow(0, false, true)]
    [DataRow(0.2, true, true)]
    public void TheGradientIsTheSlopeOfTheLoss(double smoothing, bool weighted, bool mixed)
    {
        double[] weights = weighted ? [0.5, 2, 1] : [1, 1, 1];
        var options = new TrainingOptions { BatchSize = 16, LabelSmoothing = smoothing, ClassWeights = weighted ? [.. weights] : [] };
        using var arena = new Arena();
        var plan = new PlanContext(arena, KernelSet.Best, new ParameterStore(), new StepClock(1), 1, 0);
        var logits = new FeatureMap(arena, new Model.Shape(1, 1, 3), 1, default, compact: true, int.MinValue, int.MaxValue);
        var gradient = new FeatureMap(arena, new Model.Shape(1, 1, 3), 1, default, compact: true, int.MinValue, int.MaxValue);
        var loss = new SoftmaxCrossEntropy(plan, logits, gradient, options);
        arena.Place();
        arena.Commit();
        int[] targets = [.. Enumerable.Range(0, 16).Select(i => i % 3)];
        int[] others = [.. Enumerable.Range(0, 16).Select(i => i / 3 % 3)];
        float[] shares = [.. Enumerable.Range(0, 16).Select(i => mixed ? i / 32f : 0)];
        if (mixed) loss.Mixture = new TargetMixture(others, shares);
        for (int i = 0; i < 48; i++) logits.Pixel(0, 0, 0)[i] = (float)(3 * Math.Sin(i + 1));
        double[] z = [.. logits.Pixel(0, 0, 0).ToArray().Select(v => (double)v)];
        double Expected() => Enumerable.Range(0, 16).Average(n =>
        {
            double all = Math.Log(Enumerable.Range(0, 3).Sum(c => Math.Exp(z[c * 16 + n])));
            double Of(int target) => weights[target] * Enumerable.Range(0, 3).Sum(c => ((c == target ? 1 - smoothing : 0) + smoothing / 3) * (all - z[c * 16 + n]));
            return (1 - shares[n]) * Of(targets[n]) + shares[n] * Of(others[n]);
        });

        Assert.AreEqual(Expected(), loss.Forward(targets), 1e-9);
        for (int i = 0; i < 48; i++)
        {
            double was = z[i];
            z[i] = was + 1e-5;
            double up = Expected();
            z[i] = was - 1e-5;
            double down = Expected();
            z[i] = was;
            Assert.AreEqual((up - down) / 2e-5, gradient.Pixel(0, 0, 0)[i], 2e-8, $"logit {i}");
        }
    }
}
