using System.Text.Json;
using TinyNas.Data;
using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Tool;
using TinyNas.Training;

namespace TinyNas.Benchmarks;

/// <summary>
/// Float test accuracy of two published networks after one recipe: NanoNAS (8, 3) on MNIST and MLPerf's keyword-spotting DS-CNN on 49×10 MFCC.
/// tests/compare-accuracy.py computes the features, trains the same with PyTorch and writes what it reached to torch.json beside them.
/// </summary>
internal static class AccuracyStudy
{
    public static int Print(string features, string root, int seeds, double length)
    {
        string json = Path.Combine(features, "torch.json");
        using JsonDocument? torch = File.Exists(json) ? JsonDocument.Parse(File.ReadAllText(json)) : null;
        if (torch is null) Console.WriteLine($"{json} is not there: python3 tests/compare-accuracy.py writes it");
        StudyData mnist = StudyData.Load("mnist", root);
        DataSet speech = DataSetReader.Read(new DataOptions { Path = Path.Combine(features, "train.npz") });
        DataSet spoken = DataSetReader.Read(new DataOptions { Path = Path.Combine(features, "test.npz") }, speech);
        var keywords = new StudyData("keywords", speech, spoken, BenchNetworks.Parse("dscnn-kws").Network, 40);
        return Compare(mnist, torch, seeds, length) + Compare(keywords, torch, seeds, length);
    }

    private static int Compare(StudyData study, JsonDocument? torch, int seeds, double length)
    {
        double[] reached = [.. Enumerable.Range(1, seeds).AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount).Select(seed => Train(study, seed, length))];
        (double mean, double deviation) = Of(reached);
        Console.Write(FormattableString.Invariant($"{study.Name}: {100 * mean:0.00} ± {100 * deviation:0.00} %"));
        if (torch is null || !torch.RootElement.TryGetProperty(study.Name, out JsonElement theirs))
        {
            Console.WriteLine();
            return 0;
        }
        (double theirMean, double theirDeviation) = Of([.. theirs.EnumerateArray().Select(v => v.GetDouble())]);
        bool passed = mean >= theirMean - Math.Max(deviation, theirDeviation);
        Console.WriteLine(FormattableString.Invariant($", PyTorch {100 * theirMean:0.00} ± {100 * theirDeviation:0.00} %: {(passed ? "passed" : "FAILED")}"));
        return passed ? 0 : 1;
    }

    /// <summary>The whole training side, no augmentation, Adam by PyTorch's formula at 3e-3 on half a cosine, batch 32.</summary>
    private static double Train(StudyData study, int seed, double length)
    {
        int[] all = [.. Enumerable.Range(0, study.Train.Count)];
        InputEncoding encoding = Normaliser.Fit(study.Train, all);
        var samples = new SampleSource(study.Train, all, encoding, Augmentation.None, (ulong)seed);
        var options = new TrainingOptions
        {
            Seed = (ulong)seed, Epochs = Math.Max(1, (int)(study.Epochs * length)), BatchSize = 32, LearningRate = 3e-3, Schedule = LearningRateSchedule.Cosine,
            Optimizer = Adam.PyTorch,
        };
        using ITrainingRun run = new ManagedTrainer().Begin(study.Network, options, samples);
        while (run.Epoch < options.Epochs) run.RunEpoch(default);
        return study.FloatAccuracy(run.Snapshot(), encoding);
    }

    private static (double Mean, double Deviation) Of(double[] values)
    {
        double mean = values.Average();
        return (mean, values.Length < 2 ? 0 : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1)));
    }
}
