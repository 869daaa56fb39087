using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class ColabNasSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Space => new ColabNasSpace();

    protected override IEnumerable<Configuration> Possible =>
        from k in Enumerable.Range(1, 10) from c in Enumerable.Range(0, 5) select NanoNasSpace.At(k, c);

    protected override IEnumerable<Configuration> Impossible => [NanoNasSpace.At(0, 0), NanoNasSpace.At(2, -1), NanoNasSpace.At(2, 7)];

    /// <summary>ColabNAS publishes 227 k, 657 k and 2,086 k MACs for its three boards; NanoNAS's true counts plus the head.</summary>
    [TestMethod]
    [DataRow(2, 3, 227_000)]
    [DataRow(4, 5, 657_000)]
    [DataRow(8, 5, 2_086_000)]
    public void MacsAreThePublishedOnesToTheLastPrintedDigit(int k, int c, long macs) =>
        Assert.AreEqual(macs, NetworkSize.Of(Space.Build(NanoNasSpace.At(k, c), new Shape(50, 50, 3), 2)!).Macs, 500);

    [TestMethod]
    public void TheHeadIsTwoDenseLayersWithBatchNormAndOneRelu() => CollectionAssert.AreEqual(
        new[] { typeof(GlobalAveragePool), typeof(Dense), typeof(BatchNorm), typeof(Relu), typeof(Dense), typeof(BatchNorm) },
        Space.Build(NanoNasSpace.At(4, 2), new Shape(50, 50, 3), 2)!.Layers[^6..].Select(l => l.GetType()).ToArray());
}

[TestClass]
public sealed class MlpSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Space => new MlpSpace();

    protected override IEnumerable<Configuration> Possible =>
        [Space.Smallest, new(("layers", 1), ("units1", 256)), new(("layers", 3), ("units1", 10), ("units2", 10), ("units3", 10))];

    protected override IEnumerable<Configuration> Impossible =>
        [new(("layers", 0)), new(("layers", 1), ("units1", 9)), new(("layers", 2), ("units1", 10)), NanoNasSpace.At(1, 1)];

    [TestMethod]
    public void AWidthChangesByOneThreeOrFive() => CollectionAssert.IsSubsetOf(
        new[] { 45, 47, 49, 51, 53, 55 }, Space.Neighbours(new Configuration(("layers", 1), ("units1", 50))).Select(c => c["units1"]).ToArray());
}

[TestClass]
public sealed class DsCnnSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Space => new DsCnnSpace();

    private static Configuration At(int filters, int blocks, int kernel, int stride) => new(("filters", filters), ("blocks", blocks), ("kernel", kernel), ("stride", stride));

    protected override IEnumerable<Configuration> Possible => [Space.Smallest, At(64, 4, 10, 2), At(172, 4, 10, 1), At(4, 6, 5, 1)];

    protected override IEnumerable<Configuration> Impossible => [At(3, 1, 3, 1), At(64, 7, 3, 1), At(64, 1, 4, 1), At(64, 1, 3, 3)];

    /// <summary>The reference network of the keyword task: 10×4 stride 2, four blocks of 64, 49×10 features, 12 words: 2,656,768 MACs.</summary>
    [TestMethod]
    public void TheKeywordReferenceIsAMember() => Assert.AreEqual(
        2_656_768, NetworkSize.Of(Space.Build(At(64, 4, 10, 2), new Shape(49, 10, 1), 12)!).Macs);
}

[TestClass]
public sealed class EnasSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Space => new EnasSpace();

    private static Configuration Cell(int k, int block, int kernel, int stride, int? expand = null, int skip = 0) => new(
        [("k", k), ("cells", 1), ("block1", block), ("kernel1", kernel), ("stride1", stride), ("skip1", skip), ("relu6_1", 0), .. expand is { } e ? [("expand1", (double)e)] : Array.Empty<(string, double)>()]);

    protected override IEnumerable<Configuration> Possible =>
        [Space.Smallest, Cell(1, 0, 3, 2), Cell(1, 2, 3, 2, 1), Cell(4, 2, 5, 1, 2), Cell(16, 0, 5, 2)];

    protected override IEnumerable<Configuration> Impossible => [Cell(17, 0, 3, 1), Cell(1, 0, 4, 1), Cell(1, 2, 3, 1), Cell(1, 0, 3, 1, 1), NanoNasSpace.At(1, 1)];

    [TestMethod]
    public void AnExpandedBottleneckIsPointwiseDepthwisePointwiseAndEndsLinearly()
    {
        Network network = Space.Build(Cell(4, 2, 5, 2, 2), new Shape(50, 50, 3), 2)!;
        CollectionAssert.AreEqual(new[] { (4, 3, 1), (8, 1, 1), (8, 5, 8), (8, 1, 1) },
            network.Layers.OfType<Conv>().Select(c => (c.Filters, c.KernelWidth, c.Groups)).ToArray());
        Assert.IsInstanceOfType<BatchNorm>(network.Layers[^3]);
    }

    [TestMethod]
    public void ASkipConnectionOverAChangeOfShapeGoesThroughAPointwiseConvolution()
    {
        Network network = Space.Build(Cell(4, 1, 5, 2, skip: 1), new Shape(50, 50, 3), 2)!;
        var add = (Add)network.Layers[^3];
        Conv projection = network.Layers.OfType<Conv>().Last();
        Assert.AreEqual((8, 1, 2), (projection.Filters, projection.KernelWidth, projection.StrideWidth));
        Assert.IsInstanceOfType<Relu>(network.Layers[network.Layers[^5].Inputs[0]]);
        Assert.AreEqual(new Shape(25, 25, 8), network.Shapes()[^3]);
        Assert.HasCount(2, add.Inputs);
    }

    [TestMethod]
    public void AStrideNeedsSomethingToLeaveOut()
    {
        Configuration five = new([("k", 2), ("cells", 5), .. Enumerable.Range(1, 5).SelectMany(i => new[] { ($"block{i}", 1.0), ($"kernel{i}", 3.0), ($"stride{i}", 2.0), ($"skip{i}", 0.0), ($"relu6_{i}", 1.0) })]);
        Assert.IsNotNull(Space.Build(five, new Shape(32, 32, 1), 2));
        Assert.IsNull(Space.Build(five, new Shape(16, 32, 1), 2));
        Assert.IsNotNull(Space.Build(five, new Shape(1, 32, 1), 2));
    }

    [TestMethod]
    public void NoBlockOfAWindowReachesAcrossItsHeight()
    {
        Network network = Space.Build(Cell(4, 2, 5, 2, 2), new Shape(1, 100, 6), 2)!;
        Assert.IsTrue(network.Layers.OfType<Conv>().All(c => (c.KernelHeight, c.StrideHeight) == (1, 1)));
    }
}
