using TinyNas.Deploy;
using TinyNas.Model;

namespace TinyNas.Training.Tests.Quantisation;

[TestClass]
public sealed class SkeletonTests
{
    [TestMethod]
    public void MultiplyAccumulatesAreThoseOfTheNanoNasTable()
    {
        long[][] published =
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
        for (int k = 1; k <= 8; k++)
            for (int c = 0; c <= 5; c++)
                Assert.AreEqual(published[k - 1][c], Estimate(Lowering.Skeleton(Networks.NanoNas(k, c, new Shape(50, 50, 3), 2))).Macs, $"k={k}, c={c}");
    }

    [TestMethod]
    public void ACellBecomesAConvolutionBehindAMaxPool()
    {
        Graph graph = Lowering.Skeleton(Networks.NanoNas(4, 1, new Shape(50, 50, 3), 10));
        CollectionAssert.AreEqual(
            new[] { OperatorCode.Conv2D, OperatorCode.MaxPool2D, OperatorCode.Conv2D, OperatorCode.Mean, OperatorCode.FullyConnected, OperatorCode.Softmax },
            graph.Operators.Select(o => o.Code).ToArray());
        CollectionAssert.AreEqual(
            new[]
            {
                "input", "conv_0_kernel", "conv_0_bias", "conv_0", "max_pool_0", "conv_1_kernel", "conv_1_bias", "conv_1",
                "mean_0_axes", "mean_0", "dense_0_kernel", "dense_0_bias", "dense_0", "softmax",
            },
            graph.Tensors.Select(t => t.Name).ToArray());
        CollectionAssert.AreEqual(new[] { 1, 25, 25, 8 }, Named(graph, "conv_1").Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 8 }, Named(graph, "mean_0").Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 10 }, graph.Output.Shape.ToArray());
        Assert.AreEqual(4 * 27 + 4 * 4 + 8 * 36 + 8 * 4 + 8 + 80 + 40, graph.ConstantBytes);
    }

    [TestMethod]
    public void AWindowOfTimeIsAMapOfHeightOne()
    {
        var network = new Network(new Shape(1, 101, 6),
            [new Conv(4, 1, 5), new BatchNorm(), new Relu(), new MaxPool(1, 2), new Conv(7, 1, 3) { StrideWidth = 2 }, new Relu(), new GlobalAveragePool(), new Dense(5)]);
        Graph graph = Lowering.Skeleton(network);
        CollectionAssert.AreEqual(new[] { 1, 1, 101, 6 }, graph.Input.Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 4, 1, 5, 6 }, Named(graph, "conv_0_kernel").Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 1, 50, 4 }, Named(graph, "max_pool_0").Shape.ToArray());
        CollectionAssert.AreEqual(new[] { 1, 1, 25, 7 }, Named(graph, "conv_1").Shape.ToArray());
        Assert.AreEqual(101 * 4 * 30 + 25 * 7 * 12 + 35, Estimate(graph).Macs);
    }

    private static Tensor Named(Graph graph, string name) => graph.Tensors.Single(t => t.Name == name);

    internal static ResourceEstimate Estimate(Graph graph) =>
        ResourceEstimator.Estimate(graph, Planner.Plan(graph, new Budget()), "cortex-m4");
}
