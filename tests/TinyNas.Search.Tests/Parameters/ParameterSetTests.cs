using TinyNas.Model;

namespace TinyNas.Search.Tests;

[TestClass]
public sealed class ParameterSetTests
{
    private static readonly ParameterSet Set = new SyntheticSpace().Parameters;

    [TestMethod]
    public void EnumerationIsLexicographicCompleteAndUnique()
    {
        Configuration[] all = [.. Set.Enumerate(resolution: 3)];
        // Depth 1: width. Depth 2: kinds 0 and 2, and kind 1 with 3 rates. Depth 3: the same times 3 shares.
        Assert.HasCount(64 * (1 + 5 + 15), all);
        CollectionAssert.AllItemsAreUnique(all);
        Assert.IsTrue(all.All(Set.Contains));
        Assert.AreEqual("depth=1 width=1", all[0].ToString());
        Assert.AreEqual("depth=2 kind2=0 width=1", all[64].ToString());
        Assert.AreEqual("depth=2 kind2=1 rate2=0.0001 width=1", all[65].ToString());
    }

    [TestMethod]
    [DataRow("depth=1 width=2", true)]
    [DataRow("depth=4 width=2", false)]
    [DataRow("depth=1 width=2.5", false)]
    [DataRow("depth=1 kind2=0 width=2", false)]
    [DataRow("depth=2 width=2", false)]
    [DataRow("depth=2 kind2=1 width=2", false)]
    [DataRow("depth=2 kind2=1 rate2=0.01 width=2", true)]
    [DataRow("depth=2 kind2=1 rate2=0.2 width=2", false)]
    [DataRow("depth=1 strange=1 width=2", false)]
    public void AConfigurationHoldsExactlyWhatExistsInIt(string text, bool isContained)
    {
        var configuration = new Configuration(text.Split(' ').Select(v => v.Split('=')).Select(v => (v[0], double.Parse(v[1], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.AreEqual(isContained, Set.Contains(configuration));
    }

    [TestMethod]
    public void AStepBringsWhatDependsOnItIntoBeingAndTakesItAway()
    {
        string[] up = [.. Set.Neighbours(new Configuration(("depth", 1), ("width", 2))).Select(c => c.ToString())];
        CollectionAssert.AreEqual(new[] { "depth=2 kind2=0 width=2", "depth=1 width=1", "depth=1 width=3", "depth=1 width=5" }, up);
        Configuration one = new(("depth", 2), ("width", 1), ("kind2", 1), ("rate2", 0.01));
        CollectionAssert.Contains(Set.Neighbours(one).Select(c => c.ToString()).ToArray(), "depth=2 kind2=0 width=1");
        CollectionAssert.Contains(Set.Neighbours(one).Select(c => c.ToString()).ToArray(), "depth=1 width=1");
    }

    [TestMethod]
    public void DrawingIsAFunctionOfTheStreamAndUsesTheWholeRange()
    {
        RandomStream one = new(1, 2), two = new(1, 2);
        var widths = new HashSet<int>();
        int narrow = 0;
        for (int i = 0; i < 2000; i++)
        {
            Configuration drawn = Set.Sample(ref one);
            Assert.AreEqual(drawn, Set.Sample(ref two));
            widths.Add(drawn["width"]);
            if (drawn["width"] <= 7) narrow++;
        }
        Assert.HasCount(64, widths);
        // ln 8 / ln 65 = 0.498 of a logarithmic scale lies below 8.
        Assert.IsTrue(narrow is > 900 and < 1100, $"{narrow}");
    }

    [TestMethod]
    public void EncodingPutsLogarithmicRangesOnTheirScaleAndAbsentParametersInTheMiddle()
    {
        double[] point = Set.Encode(new Configuration(("depth", 2), ("width", 8), ("kind2", 1), ("rate2", 1e-1)));
        CollectionAssert.AreEqual(new[] { 0.5, 0.5, 0, Math.Sqrt(0.5), 0, 1, 0.5 }, point.Select(x => Math.Round(x, 12)).Select((x, i) => i == 3 ? point[3] : x).ToArray());
    }
}
