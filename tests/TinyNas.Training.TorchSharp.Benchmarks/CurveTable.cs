using System.Globalization;
using TinyNas.Training.Tests;

namespace TinyNas.Training.TorchSharp.Benchmarks;

/// <summary>Steps of Adam on one batch: an epoch of a data set that is one batch.</summary>
internal static class CurveTable
{
    public static void Print(Options options)
    {
        int steps = options.Number("--steps", 100);
        int[] shown = [.. new[] { 1, 2, 5, 10, 20, 50, steps }.Where(s => s <= steps).Distinct()];
        Console.WriteLine($"batch {options.Batch}, Adam 1e-3; loss of steps {string.Join(", ", shown)}");
        foreach (var (name, network, loss) in options.Networks)
        {
            ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, options.Batch, seed: 5);
            var training = new TrainingOptions { BatchSize = options.Batch, Seed = 1, Loss = loss, Epochs = steps };
            double[] managed = Losses(new ManagedTrainer(), network, training, samples);
            double[] torch = Losses(new TorchSharpFactory().Create(options.Device), network, training, samples);
            Console.WriteLine($"{name,-20} managed  {Line(managed, shown)}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{"",-20} torch    {Line(torch, shown)}   largest difference {managed.Zip(torch, (a, b) => Math.Abs(a - b) / Math.Abs(a)).Max():0.0e+0}"));
        }
    }

    private static string Line(double[] losses, int[] steps) => string.Join(" ", steps.Select(s => losses[s - 1].ToString("0.00000", CultureInfo.InvariantCulture)));

    private static double[] Losses(ITrainer trainer, Network network, TrainingOptions training, ArraySource samples)
    {
        using ITrainingRun run = trainer.Begin(network, training, samples);
        return [.. Enumerable.Range(0, training.Epochs).Select(_ => run.RunEpoch(default).Loss)];
    }
}
