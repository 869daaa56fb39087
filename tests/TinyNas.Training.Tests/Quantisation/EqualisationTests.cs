using System.Collections.Immutable;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

[TestClass]
public sealed class EqualisationTests
{
    private static readonly Network Plain = new(new Shape(10, 10, 3),
    [
        new Conv(6, 3, 3), new BatchNorm(), new Relu(), new Conv(6, 3, 3) { Groups = 6 }, new BatchNorm(), new Relu(), new MaxPool(2, 2),
        new Conv(8, 1, 1), new BatchNorm(), new Relu(), new GlobalAveragePool(), new Dense(2),
    ]);

    /// <summary>Every second channel of a layer is a hundred times as large, and what reads it a hundredth.</summary>
    private static TrainedNetwork Lopsided(TrainedNetwork trained) => trained with
    {
        Parameters =
        [
            .. trained.Parameters.Select((layer, i) => layer.ToImmutableDictionary(p => p.Key, p => p.Value.Select((v, j) => (i, p.Key) switch
            {
                (1, "gamma" or "beta") => j % 2 == 0 ? v * 100 : v,
                (3, "kernel") => j / 9 % 2 == 0 ? v / 100 : v,
                _ => v,
            }).ToArray())),
        ],
    };

    private static MemorySamples Pictures(int count, ulong seed) => MemorySamples.OfPictures(Plain.Input, MemorySamples.Pictures(Plain.Input, count, seed));

    [TestMethod]
    public void AnEqualisedNetworkComputesTheSame()
    {
        TrainedNetwork trained = Networks.Trained(Plain, 3);
        FloatNetwork before = new(trained), after = Quantiser.Prepare(trained, new QuantisationOptions { Equalise = true }).Network;
        MemorySamples pictures = Pictures(4, 2);
        float[] sample = new float[Plain.Input.Count], expected = new float[2], actual = new float[2];
        for (int i = 0; i < 4; i++)
        {
            pictures.Read(i, 0, sample);
            before.Infer(sample, expected);
            after.Infer(sample, actual);
            for (int c = 0; c < 2; c++) Assert.AreEqual(expected[c], actual[c], 1e-4);
        }
    }

    [TestMethod]
    public void TheLargestWeightsOfAChannelAreEqualOnBothSides()
    {
        FloatNetwork floats = Quantiser.Prepare(Networks.Trained(Plain, 3), new QuantisationOptions { Equalise = true }).Network;
        (int First, int Second)[] pairs = [.. Equalisation.Pairs(floats.Stages)];
        Assert.HasCount(3, pairs, "through a depthwise convolution, a max-pool and a mean");
        foreach (var (first, second) in pairs)
        {
            var (a, b) = ((LinearStage)floats.Stages[first], (LinearStage)floats.Stages[second]);
            for (int c = 0; c < a.Out.Channels; c++)
            {
                double r1 = Enumerable.Range(c * a.Taps, a.Taps).Max(i => Math.Abs(floats.Folded[first]!.Kernel[i]));
                double r2 = Equalisation.Readers(b, c).Max(i => Math.Abs(floats.Folded[second]!.Kernel[i]));
                Assert.AreEqual(r1, r2, 0.01 * r1);
            }
        }
    }

    [TestMethod]
    public void ChannelsOutOfBalanceLoseNothingWhenTheyAreEqualised()
    {
        TrainedNetwork trained = Lopsided(Networks.Trained(Plain, 3));
        MemorySamples pictures = Pictures(64, 2);
        double Noise(bool equalise)
        {
            var options = new QuantisationOptions { Equalise = equalise, Method = CalibrationMethod.MinMax };
            Graph graph = Quantiser.Quantise(trained, InputEncoding.CameraBytes(3), pictures, options);
            return QuantisationReport.Measure(trained, graph, pictures, 64, options).Layers[^1].SignalToNoise;
        }
        double without = Noise(false), with = Noise(true);
        Assert.IsGreaterThan(without + 6, with, $"{without:F1} dB without, {with:F1} with");
    }

    /// <summary>What the batch normalisations say of a trained network, against what its samples show.</summary>
    [TestMethod]
    public void RangesWithoutDataHoldWhatTheNetworkReallyGives()
    {
        ArraySource samples = ArraySource.Stripes(new Shape(12, 12, 1), 2, 320);
        Network network = Training.Tests.Networks.NanoNas(samples.Shape, 2, 6, 9);
        using ITrainingRun run = new ManagedTrainer().Begin(network, new TrainingOptions { Seed = 1, Epochs = 15, LearningRate = 1e-2 }, samples);
        while (run.Epoch < 15) run.RunEpoch(default);
        TrainedNetwork trained = run.Snapshot();
        var encoding = new InputEncoding(ElementType.Float32, [0], [1], 0.03f, 0);
        var options = new QuantisationOptions { DataFree = true, Equalise = true };
        var (floats, divisors) = Quantiser.Prepare(trained, options);
        var known = new AnalyticStatistics(trained, floats, encoding, divisors);
        Calibration seen = Calibration.Run(floats, encoding, samples, new QuantisationOptions { Method = CalibrationMethod.Percentile, Percentile = 99.9 });
        for (int i = 0; i < floats.Stages.Length; i++)
        {
            if (floats.Stages[i] is not LinearStage { After.Length: > 0 }) continue;
            ActivationRange expected = seen.Range(i, new QuantisationOptions { Method = CalibrationMethod.Percentile, Percentile = 99.9 }), range = known.Range(i, options);
            Assert.IsTrue(range.Maximum >= 0.8 * expected.Maximum && range.Maximum < 8 * expected.Maximum, $"stage {i}: {range}, seen {expected}");
        }
        Graph graph = Quantiser.Quantise(trained, encoding, samples, options);
        Assert.IsGreaterThan(0.95, QuantisationReport.Measure(trained, graph, samples, 320, options).Agreement);
    }
}
