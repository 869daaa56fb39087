using System.Diagnostics;
using TinyNas.Model;

namespace TinyNas.Deploy.Tests;

[TestClass]
public class ResourceEstimatorTests
{
    /// <summary>True multiply-accumulates of NanoNAS (k, c) at 50x50x3 and two classes: rows k = 1..8, columns c = 0..5.</summary>
    private static readonly long[][] NanoNasMacs =
    [
        [67_502, 78_754, 86_532, 90_422, 92_044, 92_316],
        [135_004, 180_008, 211_116, 226_672, 232_506, 233_318],
        [202_506, 303_762, 373_752, 408_750, 422_362, 424_254],
        [270_008, 450_016, 574_440, 632_766, 653_425, 656_336],
        [337_510, 618_770, 813_180, 905_528, 939_392, 944_148],
        [405_012, 810_024, 1_089_972, 1_224_118, 1_272_562, 1_279_118],
        [472_514, 1_023_778, 1_404_816, 1_588_536, 1_656_341, 1_665_552],
        [540_016, 1_260_032, 1_757_712, 1_991_004, 2_073_632, 2_084_960],
    ];

    [TestMethod]
    public void MacsOfTheNanoNasSpaceAreThePublishedOnes()
    {
        for (int k = 1; k <= 8; k++)
            for (int c = 0; c <= 5; c++)
                Assert.AreEqual(NanoNasMacs[k - 1][c], MacCounter.Of(Networks.NanoNas(k, c)), $"({k},{c})");
    }

    /// <summary>Measured arena_used_bytes with CMSIS-NN on a Cortex-M4.</summary>
    [TestMethod]
    [DataRow("tflm_hello_world_int8", 772)]
    [DataRow("mlperf_ad01_int8", 2_580)]
    [DataRow("tflm_micro_speech", 6_836)]
    [DataRow("mlperf_kws_int8", 22_820)]
    [DataRow("mlperf_resnet8_int8", 54_996)]
    [DataRow("mlperf_vww96_int8", 100_708)]
    [DataRow("mcunet_vww_i8io", 219_716)]
    [DataRow("nanonas_vww_l010", 18_276)]
    [DataRow("nanonas_melanoma", 18_948)]
    [DataRow("colabnas_k4_c5", 21_204)]
    [DataRow("te_mnist_lenet300", 4_912)]
    [DataRow("tflm_mnist_lstm_int8", 4_052)]
    public void ArenaOfTensorFlowLiteMicroIsWithinTwoPercentOfTheMeasuredOne(string name, int measured)
    {
        Graph graph = TfliteReader.Read(File.ReadAllBytes(Repository.Shared($"golden/{name}/model.tflite")), name);
        long estimate = ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4").RamTflm;
        Assert.AreEqual(1.0, (double)estimate / measured, 0.02, $"{estimate} estimated, {measured} measured");
        Assert.IsTrue(TflmArena.Declared(graph) >= measured, "the emitted arena is too small");
    }

    [TestMethod]
    public void ConstantBytesAreThoseOfTheModel() =>
        Assert.AreEqual(11_692, ResourceEstimator.Estimate(Networks.NanoNas(8, 3), Planner.Plan(Networks.NanoNas(8, 3), Budget.Unlimited), "cortex-m4").ConstantBytes);

    [TestMethod]
    public void APlanWithItsEstimateTakesFarLessThanATrial()
    {
        Graph graph = Networks.NanoNas(8, 4);
        for (int i = 0; i < 20; i++) ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4");
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 50; i++) ResourceEstimator.Estimate(graph, Planner.Plan(graph, Budget.Unlimited), "cortex-m4");
        Assert.IsTrue(watch.Elapsed.TotalMilliseconds / 50 < 20, $"{watch.Elapsed.TotalMilliseconds / 50} ms, where one is expected on a quiet machine");
    }
}
