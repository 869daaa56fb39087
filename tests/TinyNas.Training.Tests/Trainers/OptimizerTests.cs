using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>Every optimiser against its published formula in double precision, by either library's convention, over a rate that changes.</summary>
[TestClass]
public class OptimizerTests
{
    private const int Steps = 20;

    /// <summary>Gradient of step t and rate of step t.</summary>
    private static double G(int t) => Math.Sin(t) * (t % 5 == 0 ? 4 : 1);

    private static double Rate(int t) => 0.02 / (1 + t % 3);

    public static IEnumerable<object[]> Cases
    {
        get
        {
            var torch = OptimizerConvention.PyTorch;
            yield return ["sgd", new Sgd(), Formula((w, g, t, s) => w - Rate(t) * g)];
            yield return ["sgd with momentum, keras", new Sgd(0.9), Formula((w, g, t, s) => w + (s[0] = 0.9 * s[0] - Rate(t) * g))];
            yield return ["sgd with momentum, torch", new Sgd(0.9) { Convention = torch }, Formula((w, g, t, s) => w - Rate(t) * (s[0] = 0.9 * s[0] + g))];
            yield return ["sgd nesterov, keras", new Sgd(0.9, true), Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] - Rate(t) * g;
                return w + 0.9 * s[0] - Rate(t) * g;
            })];
            yield return ["sgd nesterov, torch", new Sgd(0.9, true) { Convention = torch }, Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + g;
                return w - Rate(t) * (g + 0.9 * s[0]);
            })];
            yield return ["adam, keras", new Adam(0.9, 0.99, 1e-3), Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = 0.99 * s[1] + 0.01 * g * g;
                return w - Rate(t) * Math.Sqrt(1 - Math.Pow(0.99, t)) / (1 - Math.Pow(0.9, t)) * s[0] / (Math.Sqrt(s[1]) + 1e-3);
            })];
            yield return ["adam, torch", new Adam(0.9, 0.99, 1e-3) { Convention = torch }, Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = 0.99 * s[1] + 0.01 * g * g;
                return w - Rate(t) * (s[0] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(s[1] / (1 - Math.Pow(0.99, t))) + 1e-3);
            })];
            yield return ["adamax, keras", new Adamax(0.9, 0.99, 1e-3), Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = Math.Max(0.99 * s[1], Math.Abs(g));
                return w - Rate(t) * s[0] / ((1 - Math.Pow(0.9, t)) * (s[1] + 1e-3));
            })];
            yield return ["adamax, torch", new Adamax(0.9, 0.99, 1e-3) { Convention = torch }, Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = Math.Max(0.99 * s[1], Math.Abs(g) + 1e-3);
                return w - Rate(t) / (1 - Math.Pow(0.9, t)) * s[0] / s[1];
            })];
            yield return ["rmsprop, keras", new RmsProp(0.9, 0, 1e-3), Formula((w, g, t, s) => w - Rate(t) * g / Math.Sqrt((s[0] = 0.9 * s[0] + 0.1 * g * g) + 1e-3))];
            yield return ["rmsprop, torch", new RmsProp(0.9, 0, 1e-3) { Convention = torch }, Formula((w, g, t, s) => w - Rate(t) * g / (Math.Sqrt(s[0] = 0.9 * s[0] + 0.1 * g * g) + 1e-3))];
            yield return ["rmsprop with momentum, keras", new RmsProp(0.9, 0.8, 1e-3), Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g * g;
                s[1] = 0.8 * s[1] + Rate(t) * g / Math.Sqrt(s[0] + 1e-3);
                return w - s[1];
            })];
            yield return ["rmsprop with momentum, torch", new RmsProp(0.9, 0.8, 1e-3) { Convention = torch }, Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g * g;
                s[1] = 0.8 * s[1] + g / (Math.Sqrt(s[0]) + 1e-3);
                return w - Rate(t) * s[1];
            })];
            yield return ["adagrad, keras", new Adagrad(1e-3), Formula((w, g, t, s) => w - Rate(t) * g / Math.Sqrt((s[0] = (t == 1 ? 0.1 : s[0]) + g * g) + 1e-3))];
            yield return ["adagrad, torch", new Adagrad(1e-3) { Convention = torch }, Formula((w, g, t, s) => w - Rate(t) * g / (Math.Sqrt(s[0] += g * g) + 1e-3))];
            yield return ["adadelta", new Adadelta(0.9, 1e-3), Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g * g;
                double step = Math.Sqrt(s[1] + 1e-3) / Math.Sqrt(s[0] + 1e-3) * g;
                s[1] = 0.9 * s[1] + 0.1 * step * step;
                return w - Rate(t) * step;
            })];
            yield return ["decay, keras", new Sgd { WeightDecay = 0.3 }, Formula((w, g, t, s) => w * (1 - Rate(t) * 0.3) - Rate(t) * g)];
            yield return ["decay with momentum, torch", new Sgd(0.9) { Convention = torch, WeightDecay = 0.3 }, Formula((w, g, t, s) => w - Rate(t) * (s[0] = 0.9 * s[0] + g + 0.3 * w))];
            yield return ["adamw, torch", new Adam(0.9, 0.99, 1e-3) { Convention = torch, Decoupled = true, WeightDecay = 0.3 }, Formula((w, g, t, s) =>
            {
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = 0.99 * s[1] + 0.01 * g * g;
                return w * (1 - Rate(t) * 0.3) - Rate(t) * (s[0] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(s[1] / (1 - Math.Pow(0.99, t))) + 1e-3);
            })];
            yield return ["clipped values", new Sgd { ClipValue = 0.5 }, Formula((w, g, t, s) => w - Rate(t) * Math.Clamp(g, -0.5, 0.5))];
            // Three weights have this gradient, three its negative and a half.
            yield return ["clipped norm", new Sgd { ClipNorm = 0.7 }, Formula((w, g, t, s) => w - Rate(t) * g * Math.Min(1, 0.7 / Math.Sqrt(3 * G(t) * G(t) + 3 * G(t) * G(t) / 4)))];
        }
    }

    private static Func<double, double, int, double[], double> Formula(Func<double, double, int, double[], double> formula) => formula;

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void AnOptimiserTakesThePublishedSteps(string name, Optimizer optimizer, Func<double, double, int, double[], double> formula)
    {
        double[] weights = [0.5, -1, 2, 0.5, -1, 2];
        double[][] states = [.. weights.Select(_ => new double[2])];
        float[] last = Run(optimizer, KernelSet.Best, weights.Length, t => i => i < 3 ? G(t) : -G(t) / 2, i => weights[i], (t, found, _) =>
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = formula(weights[i], i < 3 ? G(t) : -G(t) / 2, t, states[i]);
                Assert.AreEqual(weights[i], found[i], 4e-6, $"{name}: weight {i}, step {t}");
            }
        });
        foreach (int width in new[] { 1, 4, 8, 16 })
            CollectionAssert.AreEqual(last, Run(optimizer, KernelSet.Create(width), 6, t => i => i < 3 ? G(t) : -G(t) / 2, i => ((double[])[0.5, -1, 2])[i % 3], (_, _, _) => { }), $"{name}, {width} lanes");
    }

    [TestMethod]
    public void TheAverageFollowsTheWeights()
    {
        double average = 0.5;
        Run(new Sgd { WeightAverage = 0.6 }, KernelSet.Best, 1, t => _ => G(t), _ => 0.5, (t, weights, kept) =>
        {
            double decay = Math.Min(0.6, t / (9.0 + t));
            average = decay * average + (1 - decay) * weights[0];
            Assert.AreEqual(average, kept[0], 1e-6);
            Assert.AreNotEqual(weights[0], kept[0]);
        });
    }

    [TestMethod]
    public void AGradientThatIsNoNumberIsNotHidden()
    {
        foreach (Optimizer optimizer in Cases.Select(c => (Optimizer)c[1]))
            Run(optimizer, KernelSet.Best, 1, _ => _ => double.NaN, _ => 0.5, (_, weights, _) => Assert.IsTrue(float.IsNaN(weights[0]), optimizer.ToString()));
    }

    [TestMethod]
    public void AnOptimiserIsReadAsPeopleWriteIt()
    {
        Assert.AreEqual(new Sgd(0.9, true) { WeightDecay = 1e-4, ClipNorm = 1 }, OptimizerText.Parse("SGD, momentum=0.9, nesterov, decay=1e-4, clip-norm=1"));
        Assert.AreEqual(Adam.PyTorch, OptimizerText.Parse("adam,pytorch"));
        Assert.AreEqual(new Adam { Decoupled = true, WeightDecay = 0.004, WeightAverage = 0.99 }, OptimizerText.Parse("adamw; average=0.99"));
        Assert.AreEqual(RmsProp.PyTorch, OptimizerText.Parse("rmsprop, pytorch"));
        Assert.AreEqual(new LearningRatePlan(), LearningRatePlan.Parse("default"));
        Assert.AreEqual(new LearningRatePlan(0.1, LearningRateSchedule.Step, 0.05), LearningRatePlan.Parse("0.1, step, warm-up=0.05"));
    }

    [TestMethod]
    [DataRow("adam, momentum=0.9")]
    [DataRow("sgd, momentum=1.5")]
    [DataRow("newton")]
    [DataRow("sgd, momentum=0.9, momentum=0.8")]
    public void AnOptimiserThatIsNotUnderstoodIsADiagnostic(string text)
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => OptimizerText.Parse(text));
        Assert.AreEqual(("TNAS0002", "Optimizer"), (problem.Diagnostic.Code, problem.Setting));
    }

    /// <summary>Steps over a store of one parameter; the callback sees the weights and what a snapshot would keep.</summary>
    private static float[] Run(
        Optimizer optimizer, KernelSet kernels, int count, Func<int, Func<int, double>> gradient, Func<int, double> initial, Action<int, float[], float[]> after)
    {
        using var arena = new Arena();
        var store = new ParameterStore();
        Parameter parameter = store.Add(0, "kernel", count);
        store.Reserve(arena, optimizer);
        var update = new WeightUpdate(kernels, store, optimizer, arena);
        arena.Place();
        arena.Commit();
        for (int i = 0; i < count; i++) parameter.Span[i] = (float)initial(i);
        update.Initialise();
        for (int t = 1; t <= Steps; t++)
        {
            for (int i = 0; i < count; i++) parameter.GradientSpan[i] = (float)gradient(t)(i);
            update.Run(t - 1, Rate(t));
            after(t, parameter.Span.ToArray(), parameter.Kept.ToArray());
        }
        return parameter.Span.ToArray();
    }
}
