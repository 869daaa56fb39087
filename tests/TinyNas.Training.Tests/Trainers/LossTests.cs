using TinyNas.Data;
using TinyNas.Model;

namespace TinyNas.Training.Tests;

/// <summary>Losses of regression and of yes or no: value and gradient against the definition in double precision, and a training with each.</summary>
[TestClass]
public unsafe class LossTests
{
    private static readonly int[] Targets = [.. Enumerable.Range(0, 32).Select(i => i % 2)];

    public static IEnumerable<object[]> Cases =>
    [
        ["squared", LossKind.MeanSquaredError, 3, (Func<double, double, int, int, double>)((z, y, _, _) => (z - y) * (z - y))],
        ["Huber", LossKind.Huber, 3, (Func<double, double, int, int, double>)((z, y, _, _) =>
            Math.Abs(z - y) <= 0.7 ? (z - y) * (z - y) / 2 : 0.7 * (Math.Abs(z - y) - 0.35))],
        ["one logit", LossKind.BinaryCrossEntropy, 1, (Func<double, double, int, int, double>)((z, _, _, target) => Math.Log(1 + Math.Exp(z)) - target * z)],
        ["a logit per class", LossKind.BinaryCrossEntropy, 2, (Func<double, double, int, int, double>)((z, _, c, target) => Math.Log(1 + Math.Exp(z)) - (target == c ? z : 0))],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void TheGradientIsTheSlopeOfTheLoss(string name, LossKind kind, int outputs, Func<double, double, int, int, double> formula)
    {
        using var arena = new Arena();
        var plan = new PlanContext(arena, KernelSet.Best, new ParameterStore(), new StepClock(1), 2, 0);
        FeatureMap Map() => new(arena, new Shape(1, 1, outputs), 2, default, compact: true, int.MinValue, int.MaxValue);
        FeatureMap wanted = Map(), output = Map(), gradient = Map();
        Loss loss = Loss.Create(plan, new TrainingOptions { Loss = kind, HuberDelta = 0.7 }, wanted, wanted, output, gradient);
        arena.Place();
        arena.Commit();
        int count = outputs * 32;
        for (int i = 0; i < count; i++)
        {
            output.Pixel(i / 16 / outputs, 0, 0)[i % (16 * outputs)] = (float)(2 * Math.Sin(i + 1));
            wanted.Pixel(i / 16 / outputs, 0, 0)[i % (16 * outputs)] = (float)Math.Cos(i);
        }
        double Term(int i, double by)
        {
            int block = i / 16 / outputs, at = i % (16 * outputs);
            return formula(output.Pixel(block, 0, 0)[at] + by, wanted.Pixel(block, 0, 0)[at], at / 16, Targets[block * 16 + at % 16]);
        }

        double found = loss.Forward(Targets);
        Assert.AreEqual(Enumerable.Range(0, count).Average(i => Term(i, 0)), found, 1e-6, name);
        for (int i = 0; i < count; i++)
            Assert.AreEqual((Term(i, 1e-5) - Term(i, -1e-5)) / 2e-5 / count, gradient.Pixel(i / 16 / outputs, 0, 0)[i % (16 * outputs)], 1e-7, $"{name} {i}");
    }

    [TestMethod]
    [DataRow(LossKind.MeanSquaredError)]
    [DataRow(LossKind.Huber)]
    public void ARegressionIsLearntAndResumedToTheSameBits(LossKind kind)
    {
        var samples = new SumSource(ArraySource.Noise(new Shape(1, 6, 1), 2, 300));
        var network = new Network(samples.Shape, [new Dense(16), new Relu(), new Dense(2)]);
        var options = new TrainingOptions { Epochs = 30, LearningRate = 1e-2, Loss = kind, Schedule = LearningRateSchedule.Cosine };
        using ITrainingRun run = new ManagedTrainer().Begin(network, options, samples);
        double first = run.RunEpoch(CancellationToken.None).Loss, last = 0;
        using var checkpoint = new MemoryStream();
        run.Save(checkpoint);
        checkpoint.Position = 0;
        using ITrainingRun resumed = new ManagedTrainer().Resume(network, options, samples, checkpoint);
        for (int epoch = 1; epoch < 30; epoch++)
        {
            last = run.RunEpoch(CancellationToken.None).Loss;
            resumed.RunEpoch(CancellationToken.None);
        }
        Assert.IsLessThan(first / 20, last);
        CollectionAssert.AreEqual(TrainedBytes.Of(run.Snapshot()), TrainedBytes.Of(resumed.Snapshot()));
    }

    [TestMethod]
    public void OneLogitLearnsTwoClasses()
    {
        ArraySource samples = ArraySource.Stripes(new Shape(16, 16, 1), 2, 320);
        Network network = Networks.NanoNas(samples.Shape, 1, 8, 12);
        var options = new TrainingOptions { Epochs = 12, LearningRate = 1e-2, Loss = LossKind.BinaryCrossEntropy };
        using ITrainingRun run = new ManagedTrainer().Begin(network, options, samples);
        double first = run.RunEpoch(CancellationToken.None).Loss, last = first;
        for (int epoch = 1; epoch < options.Epochs; epoch++) last = run.RunEpoch(CancellationToken.None).Loss;
        Assert.IsLessThan(first / 3, last);
    }

    /// <summary>Values to regress: the sum of a sample and the difference of its halves.</summary>
    private sealed class SumSource(ArraySource source) : ISampleSource
    {
        public Shape Shape => source.Shape;
        public int Count => source.Count;
        public int Classes => source.Classes;
        public int Target(int index) => throw new NotSupportedException();
        public void Read(int index, int epoch, Span<float> destination) => source.Read(index, epoch, destination);

        public void ReadValues(int index, Span<float> destination)
        {
            Span<float> x = stackalloc float[6];
            source.Read(index, 0, x);
            destination[0] = x[0] + x[1] + x[2] + x[3] + x[4] + x[5];
            destination[1] = x[0] + x[1] + x[2] - x[3] - x[4] - x[5];
        }
    }
}
