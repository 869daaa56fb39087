using System.Globalization;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Search;

namespace TinyNas.Training.TorchSharp.Benchmarks;

/// <summary>One network on images of hand signs, trained at length by both as the winner of a search is, and scored in int8 on the test set.</summary>
internal static class AccuracyTable
{
    public static void Print(Options options)
    {
        string root = options.Text("--data") ?? Path.Combine(Repository.Root, "..", "shared"), images = Path.Combine(root, "data", "images", "sign_digits");
        DataSet train = DataSetReader.Read(new DataOptions { Path = Path.Combine(images, "train"), Input = new Shape(50, 50, 3) });
        DataSet test = DataSetReader.Read(new DataOptions { Path = Path.Combine(images, "test"), Input = new Shape(50, 50, 3) }, train);
        Network network = new NanoNasSpace().Build(NanoNasSpace.At(options.Number("--k", 6), options.Number("--c", 3)), train.Shape, train.Labels.Length)!;
        int seeds = options.Number("--seeds", 3), epochs = options.Number("--epochs", 60);
        Console.WriteLine($"sign_digits: nanonas k={options.Number("--k", 6)} c={options.Number("--c", 3)}, {epochs} epochs, batch 16; int8 accuracy on {test.Count} test images");
        foreach (ITrainer trainer in new[] { new ManagedTrainer(), new TorchSharpFactory().Create(options.Device) })
        {
            double[] accuracies = [.. Enumerable.Range(1, seeds).Select(seed => Accuracy(trainer, network, train, test, (ulong)seed, epochs))];
            double mean = accuracies.Average(), deviation = Math.Sqrt(accuracies.Sum(a => (a - mean) * (a - mean)) / Math.Max(1, seeds - 1));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trainer.Name,-12} mean {mean:0.0000}, standard deviation {deviation:0.0000}: {string.Join(", ", accuracies.Select(a => a.ToString("0.0000", CultureInfo.InvariantCulture)))}"));
        }
    }

    private static double Accuracy(ITrainer trainer, Network network, DataSet train, DataSet test, ulong seed, int epochs)
    {
        var defaults = new SearchOptions();
        var data = new SearchData(train, Splitter.HoldOut(train, 0.3, seed), Augmentation.Parse("default", train), seed);
        var training = new TrainingOptions
        {
            Seed = seed, Epochs = epochs, BatchSize = defaults.BatchSize, Optimizer = defaults.Optimizer,
            LearningRate = defaults.Optimizer.DefaultRate, Schedule = LearningRateSchedule.Cosine,
        };
        FinalResult result = new FinalTraining(data, trainer, training).Run(network, out string? diverged, default) ?? throw new InvalidOperationException(diverged);
        int[] all = [.. Enumerable.Range(0, test.Count)];
        return IntegerClassifier.Evaluate(result.Graph, new IntegerSamples(test, all, data.Encoding), 1, default).Accuracy;
    }
}
