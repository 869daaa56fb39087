using System.Globalization;
using TinyNas.Training.Tests;

namespace TinyNas.Training.TorchSharp.Benchmarks;

/// <summary>
/// One batch through both, from the same weights. A ReLU whose input is within rounding of zero may open in one and not in the other, and
/// then the gradients of the layers before it differ by more than rounding: hence the median beside the worst.
/// </summary>
internal static class GradientTable
{
    public static void Print(Options options)
    {
        Console.WriteLine($"batch {options.Batch}; difference of a parameter's gradients, relative to its largest managed one");
        Console.WriteLine("network               managed loss   torch loss     median     worst   (parameter)");
        foreach (var (name, network, loss) in options.Networks)
        {
            ArraySource samples = ArraySource.Noise(network.Input, network.Shapes()[^1].Channels, options.Batch, seed: 5);
            var comparison = new GradientComparison(network, new TrainingOptions { BatchSize = options.Batch, Seed = 1, Loss = loss }, samples);
            (ParameterDifference Parameter, double Relative)[] differences =
                [.. comparison.Parameters.Select(p => (p, p.Difference / Math.Max(p.Largest, 1e-12))).OrderBy(d => d.Item2)];
            var worst = differences[^1];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-20} {comparison.ManagedLoss,13:0.000000} {comparison.TorchLoss,12:0.000000} {differences[differences.Length / 2].Relative,10:0.0e+0} {worst.Relative,9:0.0e+0}   ({worst.Parameter.Name} of layer {worst.Parameter.Layer})"));
        }
    }
}
