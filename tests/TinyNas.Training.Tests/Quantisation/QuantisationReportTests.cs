using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

[TestClass]
public sealed class QuantisationReportTests
{
    /// <summary>
    /// Eight bits over a range that is about five standard deviations wide are some 40 dB; weights, and the noise of up
    /// to ten operators before, take the rest.
    /// </summary>
    private const double LeastDecibels = 30;

    [TestMethod]
    [DataRow(CalibrationMethod.MinMax)]
    [DataRow(CalibrationMethod.MeanSquaredError)]
    public void NoiseOfEveryLayerIsWhatEightBitsCost(CalibrationMethod method)
    {
        for (ulong seed = 0; seed < 2; seed++)
        {
            QuantisationReport report = Measure(seed, new QuantisationOptions { Method = method });
            Assert.AreEqual("conv_0 max_pool_0 conv_1 max_pool_1 conv_2 max_pool_2 conv_3 max_pool_3 conv_4 mean_0 dense_0",
                string.Join(' ', report.Layers.Select(l => l.Name)));
            foreach (LayerQuantisation layer in report.Layers)
                Assert.IsTrue(layer.SignalToNoise > LeastDecibels && layer.SignalToNoise < 60, $"seed {seed}: {layer}");
        }
    }

    [TestMethod]
    public void AReportOfAnotherNetworkIsRefused()
    {
        TrainedNetwork one = Networks.Trained(Networks.NanoNas(2, 0, new Shape(8, 8, 3), 2), 1), other = Networks.Trained(Networks.NanoNas(2, 1, new Shape(8, 8, 3), 2), 1);
        MemorySamples samples = MemorySamples.OfPictures(one.Network.Input, MemorySamples.Pictures(one.Network.Input, 4, 1));
        Graph graph = Quantiser.Quantise(one, InputEncoding.CameraBytes(3), samples, new QuantisationOptions());
        Assert.ThrowsExactly<ArgumentException>(() => QuantisationReport.Measure(other, graph, samples));
    }

    private static QuantisationReport Measure(ulong seed, QuantisationOptions options)
    {
        TrainedNetwork trained = Networks.Trained(Networks.NanoNas(4 + (int)seed, 4, new Shape(36, 36, 3), 5), seed);
        MemorySamples samples = MemorySamples.OfPictures(trained.Network.Input, MemorySamples.Pictures(trained.Network.Input, 32, seed));
        Graph graph = Quantiser.Quantise(trained, InputEncoding.CameraBytes(3), samples, options);
        return QuantisationReport.Measure(trained, graph, samples, 20);
    }
}
