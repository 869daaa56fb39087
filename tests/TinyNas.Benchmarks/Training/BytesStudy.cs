using System.Collections.Immutable;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Benchmarks;

/// <summary>
/// MNIST accuracy against bytes of weights at SpArSe's scale: int8 weights in their cheapest storage, indices counted, and biases at four bytes
/// each. For each size a network as large as fits, and a wider one pruned to fit, by channels and by single weights; the validation side chooses,
/// the test set is looked at once.
/// </summary>
internal static class BytesStudy
{
    private static readonly (int Bytes, string Published)[] Sizes =
    [
        (512, "97.24 % at 510 bytes"), (1024, "none"), (2048, "99.17 % at 1450 bytes"), (4096, "none"),
    ];

    private const int Epochs = 20;

    public static int Print(string root, int seeds, double length)
    {
        StudyData study = StudyData.Load("mnist", root);
        Console.WriteLine("bytes allowed | this, mean of the seeds | SpArSe (Fedorov et al. 2019; one byte per non-zero, indices and overheads not counted)");
        foreach (var (bytes, published) in Sizes)
        {
            int epochs = Math.Max(1, (int)Math.Round(Epochs * length));
            var kept = new (double Accuracy, int Bytes, string How)[seeds];
            Parallel.For(0, seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => kept[i] = Best(study, bytes, i + 1, epochs));
            Console.WriteLine(FormattableString.Invariant($"{bytes} | {100 * kept.Average(k => k.Accuracy):0.00} % at {kept.Average(k => k.Bytes):0} bytes ({kept[0].How}) | {published}"));
        }
        return 0;
    }

    private static (double Accuracy, int Bytes, string How) Best(StudyData study, int bytes, int seed, int epochs)
    {
        // Networks of this size underfit: moved digits would only make it worse.
        var data = new SearchData(study.Train, Splitter.HoldOut(study.Train, 0.1, (ulong)seed), Augmentation.None, (ulong)seed);
        TrainingOptions options = study.Options(seed) with { Epochs = epochs };
        IntegerSamples test = study.Integers(data.Encoding);
        (FinalResult Result, int Bytes, string How)? best = null;
        foreach (var (how, network, prune) in Candidates(study, bytes))
        {
            FinalResult result = new FinalTraining(data, new ManagedTrainer(), options) { Prune = prune, Workers = 1 }.Run(network, out _, default)!;
            int taken = SparseSize.OfWeights(result.Graph);
            double accuracy = result.Validation.Accuracy;
            Console.WriteLine(FormattableString.Invariant($"  {how}: {taken} bytes ({SparseSize.Dense(result.Graph)} dense), validation {accuracy:0.0000}"));
            if (taken <= bytes && (best is null || accuracy > best.Value.Result.Validation.Accuracy)) best = (result, taken, how);
        }
        if (best is not { } kept) throw new InvalidOperationException($"Nothing fits {bytes} bytes.");
        return (IntegerClassifier.Evaluate(kept.Result.Graph, test, Environment.ProcessorCount).Accuracy, kept.Bytes, kept.How);
    }

    private static IEnumerable<(string, Network, PruningPlan?)> Candidates(StudyData study, int bytes)
    {
        int width = 1;
        while (Dense(Separable(study, width + 1)) <= bytes) width++;
        yield return ($"separable, width {width}", Separable(study, width), null);
        Network wide = Separable(study, (int)Math.Ceiling(width * 1.4));
        // Weights go with the square of channels, more or less.
        yield return ("separable, channels pruned", wide, new PruningPlan(Math.Min(0.75, 1 - Math.Sqrt((double)bytes / Dense(wide)) + 0.08), PruningMethod.Taylor));
        foreach (double share in (double[])[0.5, 0.7])
        {
            width = 2;
            while (ShareToFit(Flat(study, width), bytes) is { } needed && needed < share) width++;
            if (ShareToFit(Flat(study, width), bytes) is { } fit and > 0) yield return (FormattableString.Invariant($"dense over the map, width {width}, {100 * fit:0} % of the weights pruned"), Flat(study, width), new PruningPlan(fit, PruningMethod.Unstructured));
        }
    }

    /// <summary>Share of the weights to prune until the rest, a bit each for where they stand, and the biases fit; null where the biases alone do not.</summary>
    private static double? ShareToFit(Network network, int bytes)
    {
        Graph graph = Lowering.Skeleton(network);
        ImmutableArray<Tensor> kernels = [.. graph.Tensors.Where(t => t.IsConstant && t.Type == ElementType.Int8)];
        int weights = kernels.Sum(t => t.Bytes), present = bytes - (SparseSize.Dense(graph) - weights) - kernels.Sum(t => (t.Bytes + 7) / 8);
        return present <= 0 ? null : 1 - (double)present / weights;
    }

    private static int Dense(Network network) => SparseSize.Dense(Lowering.Skeleton(network));

    /// <summary>A strided convolution and three depthwise separable ones.</summary>
    private static Network Separable(StudyData study, int width)
    {
        int[] filters = [width, (int)(1.5 * width + 0.5), 2 * width, (int)(2.5 * width + 0.5)];
        var layers = ImmutableArray.CreateBuilder<Layer>();
        layers.AddRange(new Conv(filters[0], 3, 3) { StrideHeight = 2, StrideWidth = 2 }, new BatchNorm(0.9), new Relu());
        for (int i = 1; i < filters.Length; i++)
            layers.AddRange(
                new Conv(filters[i - 1], 3, 3) { Groups = filters[i - 1], StrideHeight = i == 2 ? 2 : 1, StrideWidth = i == 2 ? 2 : 1 }, new BatchNorm(0.9), new Relu(),
                new Conv(filters[i], 1, 1), new BatchNorm(0.9), new Relu());
        layers.AddRange(new GlobalAveragePool(), new Dense(10));
        return new Network(study.Train.Shape, layers.ToImmutable());
    }

    /// <summary>Half the picture, a strided convolution, a separable one, and a dense layer over the map that is left: most weights where pruning likes them.</summary>
    private static Network Flat(StudyData study, int width) => new(study.Train.Shape,
    [
        new AveragePool(2, 2), new Conv(width, 3, 3) { StrideHeight = 2, StrideWidth = 2 }, new BatchNorm(0.9), new Relu(),
        new Conv(width, 3, 3) { Groups = width }, new BatchNorm(0.9), new Relu(), new Conv(2 * width, 1, 1), new BatchNorm(0.9), new Relu(),
        new MaxPool(2, 2), new Dense(10),
    ]);
}
