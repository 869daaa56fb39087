using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>
/// Gradients against central differences of the loss in double precision. Errors are relative to the largest gradient of
/// the parameter: single precision gives 1e-7 to 1e-5, a wrong tap or border far more than the tolerance of 1e-4.
/// </summary>
[TestClass]
public class GradientTests
{
    [TestMethod]
    [DynamicData(nameof(GradientCases.All), typeof(GradientCases))]
    public void GradientsAreTheSlopesOfTheLoss(string name, Network network)
    {
        const int batch = 32;
        ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, batch, seed: 5);
        using var plan = new TrainingPlan(network, new TrainingOptions { BatchSize = batch, Seed = 3 }, KernelSet.Best);
        plan.Commit();
        Disturb(plan);
        var loader = new BatchLoader(samples, plan.Input, batch, seed: 0);
        loader.BeginEpoch(0);
        loader.Load(0);
        var (inputs, targets) = Batch(plan, loader);
        double loss = plan.ForwardBackward(loader.Targets, 0);

        var parameters = Values(plan, network.Layers.Length);
        var reference = new ReferenceNetwork(network, seed: 3);
        double expected = reference.Loss(inputs, targets, parameters);
        Assert.AreEqual(expected, loss, 1e-5 * Math.Abs(expected), $"{name}: loss");
        foreach (Parameter parameter in plan.Parameters.All.Where(p => p.Trained))
            Compare(name, parameter, index => Slope(reference, inputs, targets, parameters, parameters[parameter.Layer][parameter.Name], index));
    }

    [TestMethod]
    public void NoKindOfLayerIsForgotten() => CollectionAssert.IsSubsetOf(
        typeof(Layer).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Layer)) && !t.IsAbstract && t.IsPublic).ToArray(),
        GradientCases.All.SelectMany(c => ((Network)c[1]).Layers).Select(layer => layer.GetType()).Distinct().ToArray());

    [TestMethod]
    public void NoOptimiserIsForgotten() => CollectionAssert.IsSubsetOf(
        typeof(Optimizer).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Optimizer)) && !t.IsAbstract).ToArray(),
        OptimizerTests.Cases.Select(c => c[1].GetType()).Distinct().ToArray());

    private static void Compare(string name, Parameter parameter, Func<int, double> slope)
    {
        // Every parameter of small layers; an evenly spread part of large ones.
        int stride = Math.Max(1, parameter.Count / 12);
        double largest = 0, worst = 0;
        for (int i = 0; i < parameter.Count; i++) largest = Math.Max(largest, Math.Abs(parameter.GradientSpan[i]));
        for (int i = 0; i < parameter.Count; i += stride) worst = Math.Max(worst, Math.Abs(slope(i) - parameter.GradientSpan[i]));
        // Adding a constant before a normalisation changes nothing: such gradients are rounding alone.
        Assert.IsLessThan(1e-4 * Math.Max(largest, 1e-2), worst, $"{name}: {parameter.Name} of layer {parameter.Layer}, largest gradient {largest}");
    }

    private static double Slope(
        ReferenceNetwork reference, double[][] inputs, int[] targets, IReadOnlyList<Dictionary<string, double[]>> parameters, double[] values, int index)
    {
        double was = values[index], step = 1e-6;
        values[index] = was + step;
        double up = reference.Loss(inputs, targets, parameters);
        values[index] = was - step;
        double down = reference.Loss(inputs, targets, parameters);
        values[index] = was;
        return (up - down) / (2 * step);
    }

    /// <summary>Biases, gammas and betas away from zero and one, some gammas negative.</summary>
    private static void Disturb(TrainingPlan plan)
    {
        RandomStream stream = RandomStream.Create(11);
        foreach (Parameter parameter in plan.Parameters.All.Where(p => p.Trained))
            foreach (ref float value in parameter.Span)
                if (parameter.Name != "kernel") value = (float)(stream.NextNormal() * 0.7 + (parameter.Name == "gamma" ? 0.5 : 0));
    }

    private static (double[][] Inputs, int[] Targets) Batch(TrainingPlan plan, BatchLoader loader)
    {
        Shape shape = plan.Input.Shape;
        var inputs = new double[plan.BatchSize][];
        for (int n = 0; n < inputs.Length; n++)
        {
            inputs[n] = new double[shape.Count];
            for (int i = 0; i < shape.Count; i++)
                inputs[n][i] = plan.Input.Pixel(n / 16, i / shape.Channels / shape.Width, i / shape.Channels % shape.Width)[i % shape.Channels * 16 + n % 16];
        }
        return (inputs, loader.Targets.ToArray());
    }

    private static List<Dictionary<string, double[]>> Values(TrainingPlan plan, int layers)
    {
        var values = Enumerable.Range(0, layers).Select(_ => new Dictionary<string, double[]>()).ToList();
        foreach (Parameter p in plan.Parameters.All) values[p.Layer][p.Name] = [.. p.Span.ToArray().Select(v => (double)v)];
        return values;
    }
}
