using TinyNas.Model;

namespace TinyNas.Training.TorchSharp.Tests;

/// <summary>
/// Torch's figures against the managed trainer's, whose gradients are tested against differences of the loss in double precision. Both
/// are single precision with sums in other orders, so errors are relative to the largest value of a parameter.
/// </summary>
[TestClass]
public class AgreementTests
{
    private static readonly Network Smooth = new(new Shape(1, 6, 2), [new Conv(4, 1, 3), new BatchNorm(), new Tanh(), new Dense(5), new Sigmoid(), new Dense(3)]);

    [TestMethod]
    [DynamicData(nameof(GradientCases.All), typeof(GradientCases))]
    public void GradientsAreTheManagedTrainers(string name, Network network)
    {
        ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, 32, seed: 5);
        var comparison = new GradientComparison(network, new TrainingOptions { BatchSize = 32, Seed = 3 }, samples);
        Assert.AreEqual(comparison.ManagedLoss, comparison.TorchLoss, 1e-5 * Math.Abs(comparison.ManagedLoss), name);
        Assert.IsNotEmpty(comparison.Parameters);
        foreach (ParameterDifference p in comparison.Parameters)
            Assert.IsLessThan(1e-4 * Math.Max(p.Largest, 1e-2), p.Difference, $"{name}: {p.Name} of layer {p.Layer}, largest gradient {p.Largest}");
    }

    [TestMethod]
    public void InitialWeightsAreTheManagedTrainersBitForBit()
    {
        foreach (Network network in new[] { Networks.Mixed, Networks.Residual, Networks.Temporal, Networks.Separable })
        {
            ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, 32);
            using ITrainingRun managed = new ManagedTrainer().Begin(network, new TrainingOptions { Seed = 8 }, samples);
            using ITrainingRun torch = new TorchSharpFactory().Create("cpu").Begin(network, new TrainingOptions { Seed = 8 }, samples);
            CollectionAssert.AreEqual(TrainedBytes.Of(managed.Snapshot()), TrainedBytes.Of(torch.Snapshot()));
        }
    }

    [TestMethod]
    [DataRow("sgd, decay=1e-2")]
    [DataRow("sgd, momentum=0.9")]
    [DataRow("sgd, momentum=0.9, nesterov")]
    [DataRow("sgd, pytorch, momentum=0.9, nesterov, decay=1e-2, clip-norm=0.05")]
    [DataRow("adam")]
    [DataRow("adam, pytorch, decay=1e-2")]
    [DataRow("adam, average=0.9, clip-value=0.01")]
    [DataRow("adamw")]
    [DataRow("adamw, pytorch")]
    [DataRow("adamax")]
    [DataRow("adamax, pytorch")]
    [DataRow("rmsprop")]
    [DataRow("rmsprop, pytorch")]
    [DataRow("rmsprop, momentum=0.8")]
    [DataRow("rmsprop, pytorch, momentum=0.8")]
    [DataRow("adagrad")]
    [DataRow("adagrad, pytorch")]
    [DataRow("adadelta")]
    [DataRow("adadelta, pytorch")]
    public void OptimisersFollowTheSameFormulas(string text)
    {
        Optimizer optimizer = OptimizerText.Parse(text);
        var options = new TrainingOptions { Seed = 2, Epochs = 4, LearningRate = optimizer.DefaultRate / 3, Schedule = LearningRateSchedule.OneCycle, WarmUp = 0.1, Optimizer = optimizer };
        AssertSameTraining(Smooth, options, ArraySource.Noise(Smooth.Input, 3, 80), text, 2e-4);
    }

    [TestMethod]
    [DataRow(LossKind.SoftmaxCrossEntropy)]
    [DataRow(LossKind.Reconstruction)]
    [DataRow(LossKind.MeanSquaredError)]
    [DataRow(LossKind.Huber)]
    [DataRow(LossKind.BinaryCrossEntropy)]
    public void LossesFollowTheSameFormulas(LossKind loss)
    {
        Network network = loss == LossKind.Reconstruction
            ? Smooth with { Layers = [new Conv(4, 1, 3), new Tanh(), new Conv(2, 1, 3) { Bias = true }] }
            : Smooth;
        var options = new TrainingOptions { Epochs = 3, Loss = loss, HuberDelta = 0.4, LearningRate = 1e-2 };
        AssertSameTraining(network, options, new ValuedSource(ArraySource.Noise(network.Input, 3, 80)), loss.ToString(), 2e-4);
        if (loss != LossKind.SoftmaxCrossEntropy) return;
        AssertSameTraining(network, options with { LabelSmoothing = 0.2, ClassWeights = [1, 0.5, 3] }, ArraySource.Noise(network.Input, 3, 80), "smoothed and weighted", 2e-4);
        AssertSameTraining(network, options with { LabelSmoothing = 0.2, ClassWeights = [1, 0.5, 3] }, new ValuedSource(ArraySource.Noise(network.Input, 3, 80), mixed: true), "mixed", 2e-4);
    }

    [TestMethod]
    public void OneLogitIsEnoughForTwoClasses()
    {
        Network network = Smooth with { Layers = Smooth.Layers.SetItem(5, new Dense(1)) };
        AssertSameTraining(network, new TrainingOptions { Epochs = 3, Loss = LossKind.BinaryCrossEntropy }, ArraySource.Noise(network.Input, 2, 80), "one logit", 2e-4);
    }

    /// <summary>Half of the kernels' weights are zero at the beginning, as pruning leaves them.</summary>
    [TestMethod]
    public void WhatWasPrunedStaysAway()
    {
        TrainedNetwork start = TinyNas.Training.Tests.Quantisation.Networks.Trained(Smooth, 4);
        foreach (var layer in start.Parameters)
            if (layer.TryGetValue("kernel", out float[]? kernel))
                for (int i = 0; i < kernel.Length; i += 2) kernel[i] = 0;
        var options = new TrainingOptions { Epochs = 2, KeepZeros = true };
        ArraySource samples = ArraySource.Noise(Smooth.Input, 3, 80);
        AssertSameTraining(trainer => trainer.Continue(start, options, samples), Smooth, options.Epochs, "pruned", 2e-4);
        using ITrainingRun run = new TorchSharpFactory().Create("cpu").Continue(start, options, samples);
        run.RunEpoch(default);
        foreach (var layer in run.Snapshot().Parameters)
            if (layer.TryGetValue("kernel", out float[]? kernel))
                for (int i = 0; i < kernel.Length; i++) Assert.AreEqual(i % 2 == 0, kernel[i] == 0);
    }

    [TestMethod]
    public void ATeacherTeachesTheSame()
    {
        TrainedNetwork teacher = TinyNas.Training.Tests.Quantisation.Networks.Trained(Smooth, 6);
        var options = new TrainingOptions { Epochs = 3, LearningRate = 1e-2, Teacher = new Teacher(teacher, 0.7, 3) };
        AssertSameTraining(Smooth, options, ArraySource.Noise(Smooth.Input, 3, 80), "taught", 2e-4);
    }

    /// <summary>Dropout draws the same masks, or the losses would part in the first step.</summary>
    [TestMethod]
    public void DropoutDrawsTheSameMasks()
    {
        Network network = Smooth with { Layers = Smooth.Layers.Insert(3, new Dropout(0.4)).Insert(6, new Dropout(0.3)) };
        AssertSameTraining(network, new TrainingOptions { Epochs = 3, BatchSize = 32 }, ArraySource.Noise(network.Input, 3, 80), "dropout", 2e-4);
    }

    private static void AssertSameTraining(Network network, TrainingOptions options, Data.ISampleSource samples, string what, double tolerance) =>
        AssertSameTraining(trainer => trainer.Begin(network, options, samples), network, options.Epochs, what, tolerance);

    private static void AssertSameTraining(Func<ITrainer, ITrainingRun> begin, Network network, int epochs, string what, double tolerance)
    {
        using ITrainingRun managed = begin(new ManagedTrainer());
        using ITrainingRun torch = begin(new TorchSharpFactory().Create("cpu"));
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double expected = managed.RunEpoch(default).Loss;
            Assert.AreEqual(expected, torch.RunEpoch(default).Loss, 1e-4 * Math.Abs(expected), $"{what}: loss of epoch {epoch}");
        }
        TrainedNetwork one = managed.Snapshot(), other = torch.Snapshot();
        for (int layer = 0; layer < network.Layers.Length; layer++)
            foreach (var (name, values) in one.Parameters[layer])
            {
                float[] others = other.Parameters[layer][name];
                double largest = values.Max(Math.Abs), difference = values.Zip(others, (a, b) => (double)Math.Abs(a - b)).Max();
                Assert.IsLessThan(tolerance * Math.Max(largest, 0.1), difference, $"{what}: {name} of layer {layer}, largest value {largest}");
            }
    }
}
