using System.Runtime.InteropServices;
using TinyNas.Data;
using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

/// <summary>Real data, trained here, quantised, and scored on the integer kernels.</summary>
[TestClass]
public sealed class EndToEndTests
{
    /// <summary>What int8 may lose, in points of accuracy.</summary>
    private const double MostLost = 0.5;

    [TestMethod]
    public void DigitsAreReadAsWellInIntegersAsInFloats()
    {
        DataSet train = DataSetReader.Read(new DataOptions { Path = Repository.Shared("data/images/mnist/train-images-idx3-ubyte.gz") });
        DataSet test = DataSetReader.Read(new DataOptions { Path = Repository.Shared("data/images/mnist/t10k-images-idx3-ubyte.gz") }, train);
        Check(train, Enumerable.Range(0, 4800), test, Enumerable.Range(0, 2000), k: 8, c: 2, epochs: 4, leastAccuracy: 75);
    }

    [TestMethod]
    public void HandSignsAreReadAsWellInIntegersAsInFloats()
    {
        string folder = Repository.Shared("data/images/sign_digits");
        DataSet train = DataSetReader.Read(new DataOptions { Path = Path.Combine(folder, "train"), Input = new Shape(50, 50, 3) });
        DataSet test = DataSetReader.Read(new DataOptions { Path = Path.Combine(folder, "test") }, train);
        Check(train, Enumerable.Range(0, train.Count), test, Enumerable.Range(0, test.Count), k: 4, c: 4, epochs: 12, leastAccuracy: 75);
    }

    private static void Check(DataSet train, IEnumerable<int> trained, DataSet test, IEnumerable<int> tested, int k, int c, int epochs, double leastAccuracy)
    {
        int[] indices = [.. trained];
        InputEncoding encoding = Normaliser.Fit(train, indices);
        var samples = new SampleSource(train, indices, encoding, Augmentation.None, 1);
        var tests = new SampleSource(test, [.. tested], encoding, Augmentation.None, 1);
        var options = new TrainingOptions { Seed = 1, Epochs = epochs, LearningRate = 3e-3, Schedule = LearningRateSchedule.Cosine };
        using ITrainingRun run = new ManagedTrainer().Begin(Networks.NanoNas(k, c, train.Shape, train.Labels.Length), options, samples);
        for (int epoch = 0; epoch < epochs; epoch++) run.RunEpoch(CancellationToken.None);
        TrainedNetwork network = run.Snapshot();

        Graph graph = Quantiser.Quantise(network, encoding, samples, new QuantisationOptions());
        double floats = FloatAccuracy(network, tests), integers = IntegerAccuracy(graph, test, tests, encoding);
        string found = $"float {floats:F2} %, int8 {integers:F2} %";
        Assert.IsTrue(floats > leastAccuracy, found);
        Assert.IsTrue(integers >= floats - MostLost, found);
        foreach (LayerQuantisation layer in QuantisationReport.Measure(network, graph, samples, 64).Layers)
            Assert.IsTrue(layer.SignalToNoise > 25, layer.ToString());
    }

    private static double FloatAccuracy(TrainedNetwork trained, SampleSource samples)
    {
        var network = new FloatNetwork(trained);
        float[] sample = new float[network.Input.Count], logits = new float[network.Outputs];
        int right = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            samples.Read(i, 0, sample);
            network.Infer(sample, logits);
            if (logits.AsSpan().IndexOf(logits.Max()) == samples.Target(i)) right++;
        }
        return 100.0 * right / samples.Count;
    }

    /// <summary>As firmware does it: the data's own bytes through the encoding, the first greatest score.</summary>
    private static double IntegerAccuracy(Graph graph, DataSet data, SampleSource samples, InputEncoding encoding)
    {
        var interpreter = new Interpreter(graph);
        int size = data.Shape.Count, right = 0, scores = graph.Operators[^1].Inputs[0];
        for (int i = 0; i < samples.Count; i++)
        {
            for (int j = 0; j < size; j++) interpreter.Input()[j] = (byte)encoding.Quantise(data.Bytes[i * size + j], j % data.Shape.Channels);
            interpreter.Invoke();
            sbyte[] logits = MemoryMarshal.Cast<byte, sbyte>(interpreter.TensorBytes(scores)).ToArray();
            if (Array.IndexOf(logits, logits.Max()) == samples.Target(i)) right++;
        }
        return 100.0 * right / samples.Count;
    }
}
