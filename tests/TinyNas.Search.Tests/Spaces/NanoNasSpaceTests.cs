using TinyNas.Model;
using TinyNas.Training;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class NanoNasSpaceTests : SearchSpaceContract
{
    protected override ISearchSpace Space => new NanoNasSpace();

    protected override IEnumerable<Configuration> Possible =>
        from k in Enumerable.Range(1, 10) from c in Enumerable.Range(0, 6) where c < 5 || k > 1 select NanoNasSpace.At(k, c);

    protected override IEnumerable<Configuration> Impossible => [NanoNasSpace.At(0, 0), NanoNasSpace.At(2, -1), NanoNasSpace.At(2, 7)];

    [TestMethod]
    [DataRow(1, "1,2,3,4,5,6")]
    [DataRow(2, "2,4,6,8,9,10")]
    [DataRow(3, "3,6,9,12,14,15")]
    [DataRow(4, "4,8,12,15,17,19")]
    [DataRow(5, "5,10,15,19,22")]
    [DataRow(6, "6,12,18,23,26,28")]
    [DataRow(7, "7,14,21,27,31")]
    [DataRow(8, "8,16,24,30,34,37")]
    [DataRow(10, "10,20,30,38,43,46")]
    public void FiltersGrowAsPublished(int k, string sequence)
    {
        int[] expected = [.. sequence.Split(',').Select(int.Parse)];
        CollectionAssert.AreEqual(expected, NanoNasSpace.Filters(k, expected.Length - 1));
    }

    [TestMethod]
    [DataRow(1, "67502 78754 86532 90422 92044 92316")]
    [DataRow(2, "135004 180008 211116 226672 232506 233318")]
    [DataRow(3, "202506 303762 373752 408750 422362 424254")]
    [DataRow(4, "270008 450016 574440 632766 653425 656336")]
    [DataRow(5, "337510 618770 813180 905528 939392 944148")]
    [DataRow(6, "405012 810024 1089972 1224118 1272562 1279118")]
    [DataRow(7, "472514 1023778 1404816 1588536 1656341 1665552")]
    [DataRow(8, "540016 1260032 1757712 1991004 2073632 2084960")]
    public void MacsAreThePublishedOnes(int k, string macs) => CollectionAssert.AreEqual(
        macs.Split(' ').Select(long.Parse).ToArray(),
        Enumerable.Range(0, 6).Select(c => NetworkSize.Of(Space.Build(NanoNasSpace.At(k, c), new Shape(50, 50, 3), 2)!).Macs).ToArray());

    [TestMethod]
    [DataRow(50, 50, 5)]
    [DataRow(32, 32, 5)]
    [DataRow(28, 28, 4)]
    [DataRow(64, 3, 1)]
    [DataRow(1, 100, 6)]
    [DataRow(1, 128, 7)]
    public void CellsEndWhereNothingIsLeftToPool(int height, int width, int cells)
    {
        Assert.IsNotNull(Space.Build(NanoNasSpace.At(2, cells), new Shape(height, width, 3), 2));
        Assert.IsNull(Space.Build(NanoNasSpace.At(2, cells + 1), new Shape(height, width, 3), 2));
    }

    [TestMethod]
    public void AWindowIsConvolvedAndPooledAlongTimeOnly()
    {
        Network network = Space.Build(NanoNasSpace.At(4, 2), new Shape(1, 100, 6), 5)!;
        Assert.IsTrue(network.Layers.OfType<Conv>().All(c => (c.KernelHeight, c.KernelWidth) == (1, 3)));
        Assert.IsTrue(network.Layers.OfType<MaxPool>().All(p => (p.Height, p.Width) == (1, 2)));
        CollectionAssert.AreEqual(new[] { 4, 8, 12 }, network.Layers.OfType<Conv>().Select(c => c.Filters).ToArray());
    }

    [TestMethod]
    public void BatchNormComesBeforeReluAndThePoolAfterBoth()
    {
        Network network = Space.Build(NanoNasSpace.At(4, 1), new Shape(50, 50, 3), 2)!;
        CollectionAssert.AreEqual(
            new[] { typeof(Conv), typeof(BatchNorm), typeof(Relu), typeof(MaxPool), typeof(Conv), typeof(BatchNorm), typeof(Relu), typeof(GlobalAveragePool), typeof(Dense) },
            network.Layers.Select(l => l.GetType()).ToArray());
    }

    [TestMethod]
    public void AnUnknownSpaceIsADiagnosticThatNamesTheKnownOnes()
    {
        var problem = Assert.ThrowsExactly<TinyNasException>(() => SpaceRegistry.Find("nix"));
        Assert.AreEqual("TNAS0002", problem.Diagnostic.Code);
        Assert.AreEqual("Space", problem.Setting);
        StringAssert.Contains(problem.Message, "nanonas");
    }
}
