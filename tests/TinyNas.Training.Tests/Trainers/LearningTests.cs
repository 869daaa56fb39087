using TinyNas.Model;

namespace TinyNas.Training.Tests;

[TestClass]
public class LearningTests
{
    [TestMethod]
    public void ASmallTaskIsLearntInAFewEpochs()
    {
        ArraySource samples = ArraySource.Stripes(new Shape(16, 16, 1), 3, 480);
        Network network = Networks.NanoNas(samples.Shape, 3, 6, 9);
        using ITrainingRun run = new ManagedTrainer().Begin(network, new TrainingOptions { Epochs = 12, LearningRate = 5e-3 }, samples);
        EpochResult first = run.RunEpoch(CancellationToken.None), last = first;
        for (int epoch = 1; epoch < 12; epoch++) last = run.RunEpoch(CancellationToken.None);
        Assert.IsNull(last.Diverged);
        Assert.IsLessThan(first.Loss / 2, last.Loss, $"{first.Loss} -> {last.Loss}");
    }
}
