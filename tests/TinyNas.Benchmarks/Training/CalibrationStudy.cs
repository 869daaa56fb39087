using TinyNas.Model;
using TinyNas.Search;
using TinyNas.Training;

namespace TinyNas.Benchmarks;

/// <summary>
/// What int8 costs after calibration, and what training on the integers brings back where weights have 4 bits: test accuracy, mean of the seeds.
/// </summary>
internal static class CalibrationStudy
{
    private const double MostLost = 0.005, LeastRecovered = 0.5;

    public static int Print(IEnumerable<string> names, string root, int seeds, double length)
    {
        int failures = 0;
        foreach (string name in names)
        {
            StudyData study = StudyData.Load(name, root);
            double[][] rows = [.. Enumerable.Range(1, seeds).Select(seed => Row(study, seed, length))];
            double[] mean = [.. Enumerable.Range(0, 6).Select(i => rows.Average(r => r[i]))];
            double lost = mean[0] - mean[1], lostAt4 = mean[0] - mean[2];
            Console.WriteLine(FormattableString.Invariant(
                $"{name}: float {mean[0]:0.0000}, int8 calibrated {mean[1]:0.0000} ({100 * lost:+0.00;-0.00} points lost: {(lost <= MostLost ? "passed" : "FAILED")})"));
            Console.WriteLine(FormattableString.Invariant(
                $"  4-bit weights: calibrated {mean[2]:0.0000} (activations by min-max {mean[3]:0.0000}), TQT {mean[4]:0.0000}, LSQ {mean[5]:0.0000}; {Recovered(mean[0], mean[2], mean[4])}"));
            if (lost > MostLost) failures++;
            if (lostAt4 > 0.001 && (mean[4] - mean[2]) / lostAt4 < LeastRecovered) failures++;
        }
        return failures;
    }

    private static string Recovered(double floats, double calibrated, double trained) => floats - calibrated <= 0.001
        ? "calibration loses nothing worth recovering"
        : FormattableString.Invariant($"TQT recovers {100 * (trained - calibrated) / (floats - calibrated):0} % of what calibration loses");

    /// <summary>Float, int8, and with 4 bits: calibrated by least squared error, by min-max, TQT, LSQ.</summary>
    private static double[] Row(StudyData study, int seed, double length)
    {
        SearchData data = study.Split(seed);
        TrainingOptions options = study.Options(seed);
        options = options with { Epochs = Math.Max(1, (int)(options.Epochs * length)) };
        TrainedNetwork trained = study.TrainFloat(data, options);
        IntegerSamples test = study.Integers(data.Encoding);
        double Calibrated(QuantisationOptions quantisation) =>
            IntegerClassifier.Evaluate(Quantiser.Quantise(trained, data.Encoding, data.Calibration, quantisation), test, Environment.ProcessorCount).Accuracy;
        double Trained(ThresholdMethod method)
        {
            TrainingOptions tuning = options with { Epochs = Math.Max(2, options.Epochs / 4), LearningRate = options.LearningRate * 0.3 };
            using var run = AwareTraining.Begin(trained, data.Encoding, data.Calibration, data.Training, tuning, new QuantisationOptions { Threshold = method, WeightBits = 4 });
            while (run.Epoch < tuning.Epochs) run.RunEpoch(default);
            return IntegerClassifier.Evaluate(run.Snapshot(), test, Environment.ProcessorCount).Accuracy;
        }
        double[] row =
        [
            study.FloatAccuracy(trained, data.Encoding), Calibrated(new QuantisationOptions()), Calibrated(new QuantisationOptions { WeightBits = 4 }),
            Calibrated(new QuantisationOptions { WeightBits = 4, Method = CalibrationMethod.MinMax }),
            Trained(ThresholdMethod.PowerOfTwo), Trained(ThresholdMethod.LearnedStep),
        ];
        Console.WriteLine(FormattableString.Invariant($"  {study.Name}, seed {seed}: {string.Join(" ", row.Select(r => FormattableString.Invariant($"{r:0.0000}")))}"));
        return row;
    }
}
